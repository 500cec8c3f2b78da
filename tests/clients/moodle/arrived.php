<?php
// What arrives of a package, for the tests beside it; run like site.php, whose commands it has too. A trial site only.

/** Restores a backup or a cartridge as a new course; what stands in it, or why nothing does. */
function command_arrive(string $file): array {
    global $DB, $CFG;
    chdir($CFG->dirroot . '/backup');  // where its pages stand: the converter of cartridges looks from there
    $folder = restore_controller::get_tempdir_name(0, 2);
    get_file_packer('application/vnd.moodle.backup')->extract_to_pathname($file, make_backup_temp_directory($folder));
    $course = restore_dbops::create_new_course('x', 'x' . time() . random_int(0, 99999), core_course_category::get_default()->id);
    require_once(__DIR__ . '/kept_logger.php');
    try {
        $run = new restore_controller($folder, $course, backup::INTERACTIVE_NO, backup::MODE_GENERAL, 2, backup::TARGET_NEW_COURSE);
        $run->add_logger(new kept_logger(backup::LOG_WARNING));
        if ($run->get_status() == backup::STATUS_REQUIRE_CONV) {
            $run->convert();
        }
        $run->execute_precheck();
        $checked = $run->get_precheck_results();
        if (!empty($checked['errors'])) {
            return ['refused' => implode('; ', $checked['errors'])];
        }
        $run->execute_plan();
        $run->destroy();
    } catch (Throwable $problem) {
        ob_clean();
        return ['refused' => get_class($problem) . ': ' . $problem->getMessage()];
    }
    rebuild_course_cache($course, true);
    preg_match_all('/(?:Warning|Notice|Deprecated|Debug): .*/', html_to_text(ob_get_contents(), 0, false), $notices);
    ob_clean();
    return ['course' => $course, 'precheck' => array_values($checked['warnings'] ?? []), 'log' => kept_logger::$kept, 'notices' => $notices[0],
        'graded' => $DB->count_records_select('grade_items', "courseid = ? AND itemtype IN ('mod', 'manual')", [$course])] + standing($course);
}

const SETTINGS = [
    'assign' => ['duedate', 'cutoffdate', 'allowsubmissionsfromdate', 'gradingduedate', 'teamsubmission', 'maxattempts', 'blindmarking'],
    'book' => ['numbering', 'navstyle', 'customtitles'],
    'choice' => ['allowupdate', 'showresults', 'timeopen', 'timeclose', 'limitanswers'],
    'forum' => ['type', 'forcesubscribe', 'maxattachments', 'grade_forum', 'duedate', 'assessed'],
    'glossary' => ['displayformat', 'mainglossary', 'usedynalink', 'defaultapproval', 'entbypage'],
    'page' => ['display', 'contentformat'],
    'quiz' => ['timeopen', 'timeclose', 'timelimit', 'attempts', 'grademethod', 'preferredbehaviour', 'sumgrades', 'questionsperpage',
        'navmethod', 'shuffleanswers', 'decimalpoints'],
    'url' => ['externalurl', 'display'],
];

/** A grade as points, or the name of the scale whose number with a minus it is. */
function scaled(mixed $value): mixed {
    global $DB;
    $name = is_numeric($value) && $value < 0 ? $DB->get_field('scale', 'name', ['id' => -$value]) : false;
    return $name === false ? $value : "scale {$name}";
}

/** Sections, activities, questions and files of a course. */
function standing(string $id): array {
    global $DB;
    $course = get_course($id);
    $info = get_fast_modinfo($course);
    $sections = $activities = [];
    foreach ($info->get_section_info_all() as $section) {
        if (!empty($section->component)) {
            continue;
        }
        $sections[] = ['number' => (int)$section->section, 'name' => (string)$section->name, 'visible' => (int)$section->visible];
    }
    foreach ($info->get_cms() as $cm) {
        $row = $DB->get_record($cm->modname, ['id' => $cm->instance]);
        $activities[] = ['mod' => $cm->modname, 'name' => $row->name, 'section' => (int)$cm->sectionnum, 'visible' => (int)$cm->visible,
            'slots' => $cm->modname == 'quiz' ? $DB->count_records('quiz_slots', ['quizid' => $cm->instance]) : null,
            'grade' => in_array($cm->modname, ['quiz', 'assign']) ? scaled((float)$row->grade) : null,
            'settings' => (object)(($cm->modname == 'forum' ? ['grade_forum' => scaled($row->grade_forum)] : [])
                + array_intersect_key((array)$row, array_flip(SETTINGS[$cm->modname] ?? []))
                + ['completion' => $cm->completion, 'completionview' => $cm->completionview]),
            'chapters' => $cm->modname == 'book' ? array_values($DB->get_fieldset_select('book_chapters', 'title', 'bookid = ?', [$cm->instance])) : null];
    }
    $context = context_course::instance($id);
    $files = array_values($DB->get_fieldset_sql("SELECT f.filename FROM {files} f JOIN {context} x ON x.id = f.contextid
        WHERE (x.path = ? OR x.path LIKE ?) AND f.filename <> '.' AND f.component LIKE 'mod!_%' ESCAPE '!' ORDER BY f.filename",
        [$context->path, $context->path . '/%']));
    return ['fullname' => $course->fullname, 'format' => $course->format, 'sections' => $sections, 'activities' => $activities,
        'questions' => questions($context), 'files' => $files];
}

/** Questions that stand for themselves, in the banks of a context and below. */
function questions(context $within): array {
    global $DB;
    $found = [];
    foreach ($DB->get_records_sql("SELECT q.id, q.qtype, q.name, q.defaultmark, v.status, c.name AS category FROM {question} q
            JOIN {question_versions} v ON v.questionid = q.id JOIN {question_bank_entries} e ON e.id = v.questionbankentryid
            JOIN {question_categories} c ON c.id = e.questioncategoryid JOIN {context} x ON x.id = c.contextid
            WHERE q.parent = 0 AND (x.path = ? OR x.path LIKE ?) ORDER BY q.id", [$within->path, $within->path . '/%']) as $one) {
        $answers = $DB->get_fieldset_select('question_answers', 'fraction', 'question = ?', [$one->id]);
        $found[] = ['type' => $one->qtype, 'name' => $one->name, 'mark' => (float)$one->defaultmark, 'category' => $one->category,
            'fractions' => array_map(fn($f) => round((float)$f, 5), $answers), 'status' => $one->status];
    }
    return $found;
}

/** Imports questions into the bank of a new course; what stands in it, or why nothing does. */
function command_import(string $file, string $format): array {
    global $DB, $CFG;
    require_once($CFG->dirroot . '/question/format.php');
    require_once($CFG->dirroot . '/question/editlib.php');
    require_once($CFG->dirroot . "/question/format/{$format}/format.php");
    $course = get_course(restore_dbops::create_new_course('x', 'x' . time() . random_int(0, 99999), core_course_category::get_default()->id));
    $context = context_course::instance($course->id);
    if (class_exists('core_question\local\bank\question_bank_helper')) {
        $bank = \core_question\local\bank\question_bank_helper::create_default_open_instance($course, 'bank');
        $context = context_module::instance($bank->id);
    }
    $class = "qformat_{$format}";
    $run = new $class();
    $run->setCategory(question_get_default_category($context->id, true) ?: question_make_default_categories([$context]));
    $run->setContexts([$context]);
    $run->setCourse($course);
    $run->setFilename($file);
    $run->setRealfilename(basename($file));
    $run->setMatchgrades('error');
    $run->setCatfromfile(1);
    $run->setContextfromfile(1);
    $run->setStoponerror(1);
    $run->set_display_progress(false);
    try {
        $good = $run->importpreprocess() && $run->importprocess() && $run->importpostprocess();
    } catch (Throwable $problem) {
        ob_clean();
        return ['refused' => get_class($problem) . ': ' . $problem->getMessage(), 'questions' => questions($context)];
    }
    $said = trim(strip_tags(ob_get_contents()));
    ob_clean();
    return ($good ? [] : ['refused' => mb_substr($said, 0, 500)]) + ['questions' => questions($context)];
}

/** A SCORM package as an activity: its version and the places of its tree that have a file. */
function command_player(string $file): array {
    global $DB;
    $course = restore_dbops::create_new_course('x', 'x' . time() . random_int(0, 99999), core_course_category::get_default()->id);
    $made = command_scorm($course, $file);
    $row = $DB->get_record('scorm', ['id' => get_coursemodule_from_id('scorm', $made['cmid'])->instance]);
    ob_clean();
    return ['version' => $row->version, 'scos' => array_map(fn($one) => $one->title, $made['scoes'])];
}

require(__DIR__ . '/site.php');
