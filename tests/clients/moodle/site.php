<?php
// Works on an installed Moodle for the tests beside it: php site.php TREE COMMAND ARGUMENT… ; prints one JSON document.
// A trial site only: it restores courses, makes users and grades.
define('CLI_SCRIPT', true);
[, $tree, $command] = $argv;
$given = array_slice($argv, 3);
ob_start();
require($tree . '/config.php');
foreach (['/course/lib.php', '/course/modlib.php', '/backup/util/includes/restore_includes.php', '/lib/gradelib.php',
          '/lib/completionlib.php', '/grade/lib.php', '/grade/querylib.php', '/lib/enrollib.php', '/user/lib.php',
          '/mod/scorm/locallib.php', '/mod/quiz/locallib.php', '/question/engine/lib.php', '/mod/assign/locallib.php', '/grade/grading/lib.php'] as $file) {
    require_once($CFG->dirroot . $file);
}
// What developers are told of while it runs belongs to the answer.
$CFG->debug = E_ALL;
$CFG->debugdeveloper = true;
$CFG->debugdisplay = 1;
\core\session\manager::set_user(get_admin());
$result = ('command_' . $command)(...$given);
$said = trim(ob_get_clean());
echo "\n=JSON=\n", json_encode(['result' => $result, 'said' => $said], JSON_UNESCAPED_UNICODE | JSON_PRETTY_PRINT), "\n";

/** Restores a backup as a new course, with another first day if one is given (YYYY-MM-DD). */
function command_restore(string $file, string $start = ''): array {
    global $DB, $CFG;
    $folder = restore_controller::get_tempdir_name(0, 2);
    get_file_packer('application/vnd.moodle.backup')->extract_to_pathname($file, make_backup_temp_directory($folder));
    $course = restore_dbops::create_new_course('x', 'x' . time() . random_int(0, 99999), core_course_category::get_default()->id);
    $run = new restore_controller($folder, $course, backup::INTERACTIVE_NO, backup::MODE_GENERAL, 2, backup::TARGET_NEW_COURSE);
    if ($start !== '') {
        $run->get_plan()->get_setting('course_startdate')->set_value(
            (new DateTime($start, zone()))->getTimestamp());
    }
    $run->execute_precheck();
    $checked = $run->get_precheck_results();
    $run->execute_plan();
    $results = $run->get_results();
    $run->destroy();
    // What cron would do of this course.
    foreach (\core\task\manager::get_adhoc_tasks(\core\task\refresh_mod_calendar_events_task::class) as $task) {
        if (($task->get_custom_data()->courseid ?? 0) == $course) {
            $task->execute();
            $DB->delete_records('task_adhoc', ['id' => $task->get_id()]);
        }
    }
    rebuild_course_cache($course, true);
    return ['course' => $course, 'precheck' => $checked, 'results' => array_keys((array)$results)];
}

/** An empty course that begins on a day. */
function command_empty(string $start): array {
    $name = 'Empty ' . time() . random_int(0, 99999);
    $course = create_course((object)['fullname' => $name, 'shortname' => $name, 'category' => core_course_category::get_default()->id,
        'startdate' => (new DateTime($start, zone()))->getTimestamp()]);
    return ['course' => (int)$course->id, 'context' => context_course::instance($course->id)->id, 'name' => $name];
}

/** What cron would do of restores that pages began. */
function command_waiting(): int {
    global $CFG, $DB;
    $done = 0;
    // A word to the user that no mail can bring is no fault of the restore.
    [$CFG->debug, $CFG->debugdeveloper, $CFG->debugdisplay] = [0, false, 0];
    foreach (\core\task\manager::get_adhoc_tasks(\core\task\asynchronous_restore_task::class) as $task) {
        $task->execute();
        $DB->delete_records('task_adhoc', ['id' => $task->get_id()]);
        $done++;
    }
    ob_clean();
    return $done;
}

/** Marks a student's task by its criteria: the number of a level from the lowest (rubric), or points (guide). */
function command_mark(string $course, string $key, string $user, string $json): float {
    global $DB, $USER;
    $cm = get_coursemodule_from_id('assign', $DB->get_field('course_modules', 'id', ['course' => $course, 'idnumber' => $key]));
    $context = context_module::instance($cm->id);
    $controller = get_grading_manager($context, 'mod_assign', 'submissions')->get_active_controller();
    $controller->set_grade_range(make_grades_menu((int)$DB->get_field('assign', 'grade', ['id' => $cm->instance])), true);
    $instance = $controller->get_or_create_instance(0, $USER->id, $user);
    $definition = $controller->get_definition();
    $criteria = array_values($definition->rubric_criteria ?? $definition->guide_criteria);
    $given = [];
    foreach (json_decode($json) as $number => $chosen) {
        $criterion = $criteria[$number];
        $given[$criterion['id']] = isset($criterion['levels'])
            ? ['levelid' => lowest_first($criterion['levels'])[$chosen]['id'], 'remark' => '']
            : ['score' => $chosen, 'remark' => ''];
    }
    return (float)$instance->submit_and_get_grade(['criteria' => $given], $user);
}

function lowest_first(array $levels): array {
    usort($levels, fn($a, $b) => $a['score'] <=> $b['score']);
    return $levels;
}

/** What stands in a course. */
function command_course(string $id): array {
    global $DB;
    $course = get_course($id);
    $info = get_fast_modinfo($course);
    $sections = [];
    foreach ($info->get_section_info_all() as $section) {
        $held = [];
        foreach ($info->sections[$section->section] ?? [] as $cmid) {
            $cm = $info->get_cm($cmid);
            $row = $DB->get_record($cm->modname, ['id' => $cm->instance]);
            $dates = array_filter(array_intersect_key((array)$row,
                array_flip(['duedate', 'cutoffdate', 'gradingduedate', 'allowsubmissionsfromdate', 'timeopen', 'timeclose'])));
            $held[] = ['cmid' => $cm->id, 'mod' => $cm->modname, 'name' => $cm->name, 'visible' => (int)$cm->visible,
                'description' => (int)$cm->showdescription, 'intro' => html_to_text($row->intro ?? '', 0, false),
                'dates' => array_map(fn($t) => userdate_iso($t), $dates), 'completion' => (int)$cm->completion,
                'expected' => $cm->completionexpected ? userdate_iso($cm->completionexpected) : null,
                'availability' => $cm->availability, 'type' => $row->type ?? null];
        }
        $sections[] = ['name' => get_section_name($course, $section), 'visible' => (int)$section->visible,
            'summary' => html_to_text($section->summary, 0, false), 'availability' => $section->availability, 'activities' => $held];
    }
    $filters = $DB->get_records_menu('filter_active', ['contextid' => context_course::instance($id)->id], '', 'filter,active');
    $criteria = array_map(fn($c) => ['type' => $c->criteriatype, 'module' => $c->moduleinstance, 'grade' => $c->gradepass],
        array_values($DB->get_records('course_completion_criteria', ['course' => $id], 'id')));
    $letters = array_map(fn($l) => [(float)$l->lowerboundary, $l->letter],
        array_values($DB->get_records('grade_letters', ['contextid' => context_course::instance($id)->id], 'lowerboundary DESC')));
    $files = array_map(fn($f) => $f->get_filename(), array_values(get_file_storage()->get_area_files(
        context_course::instance($id)->id, 'course', 'overviewfiles', 0, 'filename', false)));
    return ['fullname' => $course->fullname, 'shortname' => $course->shortname, 'format' => $course->format,
        'start' => userdate_iso($course->startdate), 'end' => $course->enddate ? userdate_iso($course->enddate) : null,
        'summary' => html_to_text($course->summary, 0, false), 'image' => $files, 'options' => course_get_format($course)->get_format_options(),
        'sections' => $sections, 'filters' => $filters, 'criteria' => $criteria, 'letters' => $letters,
        'gradebook' => command_gradebook($id), 'marking' => marking($id),
        'outcomes' => $DB->get_fieldset_select('grade_outcomes', 'fullname', 'courseid = ? ORDER BY id', [$id]), 'banks' => banks($id), 'news' => (int)$course->newsitems,
        'events' => array_map(fn($e) => userdate_iso($e->timestart) . ' ' . $e->name,
            array_values($DB->get_records('event', ['courseid' => $id], 'timestart, id')))];
}

/** The zone that the courses of these tests are written for, whatever the site's own. */
function zone(): DateTimeZone {
    return new DateTimeZone('Asia/Almaty');
}

function userdate_iso(int $time): string {
    return (new DateTime('@' . $time))->setTimezone(zone())->format('Y-m-d H:i');
}

/** Question categories with where they are and how many questions they hold. */
function banks(string $course): array {
    global $DB;
    $found = [];
    $within = context_course::instance($course);
    foreach ($DB->get_records_sql('SELECT c.*, x.contextlevel, x.instanceid FROM {question_categories} c JOIN {context} x ON x.id = c.contextid
            WHERE x.path = ? OR x.path LIKE ? ORDER BY c.id', [$within->path, $within->path . '/%']) as $category) {
        $module = '';
        if ($category->contextlevel == CONTEXT_MODULE) {
            $cm = get_coursemodule_from_id('', $category->instanceid);
            $module = $cm->modname . ': ' . $cm->name;
        }
        $found[] = ['name' => $category->name, 'parent' => $category->parent ? 1 : 0, 'where' => $module ?: 'course',
            'questions' => $DB->count_records('question_bank_entries', ['questioncategoryid' => $category->id])];
    }
    return $found;
}

/** Forms that activities are marked by. */
function marking(string $course): array {
    global $DB;
    return array_values(array_map(fn($row) => (array)$row, $DB->get_records_sql('SELECT d.id, d.name, d.method, u.username AS owner
        FROM {grading_definitions} d JOIN {grading_areas} a ON a.id = d.areaid JOIN {context} x ON x.id = a.contextid
        JOIN {user} u ON u.id = d.usercreated WHERE x.path LIKE ? ORDER BY d.id', [context_course::instance($course)->path . '/%'])));
}

/** The tree of grade items. */
function command_gradebook(string $id): array {
    $rows = [];
    foreach (grade_item::fetch_all(['courseid' => $id]) ?: [] as $item) {
        $category = $item->get_parent_category();
        $rows[] = ['id' => (int)$item->id, 'type' => $item->itemtype, 'module' => $item->itemmodule, 'name' => $item->get_name(true),
            'in' => $category && !$item->is_course_item() ? $category->get_name() : '', 'max' => (float)$item->grademax, 'pass' => (float)$item->gradepass,
            'weight' => (float)$item->aggregationcoef, 'weight2' => (float)$item->aggregationcoef2, 'idnumber' => $item->idnumber,
            'aggregation' => in_array($item->itemtype, ['course', 'category']) ? (int)$item->get_item_category()->aggregation : null,
            'sort' => (int)$item->sortorder];
    }
    usort($rows, fn($a, $b) => $a['sort'] <=> $b['sort']);
    return $rows;
}

/** A user of that name, enrolled; the password is the name with «-A1». */
function command_user(string $name, string $course, string $role = 'student'): array {
    global $DB, $CFG;
    $user = $DB->get_record('user', ['username' => $name]);
    if (!$user) {
        $id = user_create_user((object)['username' => $name, 'password' => $name . '-A1', 'firstname' => $name, 'lastname' => $role,
            'email' => $name . '@example.invalid', 'confirmed' => 1, 'mnethostid' => $CFG->mnet_localhost_id]);
        $user = $DB->get_record('user', ['id' => $id]);
    }
    // A word of welcome that no mail can bring is no fault of the course.
    $CFG->debug = 0;
    $CFG->debugdeveloper = false;
    enrol_try_internal_enrol($course, $user->id, $DB->get_field('role', 'id', ['shortname' => $role], MUST_EXIST));
    return ['id' => (int)$user->id];
}

/** Gives a student a grade for each named item ({idnumber or name: points}) and returns all that the gradebook makes of it. */
function command_grade(string $course, string $user, string $json): array {
    foreach (json_decode($json, true) as $key => $points) {
        $done = false;
        foreach (grade_item::fetch_all(['courseid' => $course]) as $item) {
            if ($item->idnumber === (string)$key || $item->itemname === (string)$key) {
                $item->update_final_grade($user, $points, 'test');
                $done = true;
            }
        }
        if (!$done) {
            throw new Exception("no grade item {$key}");
        }
    }
    grade_regrade_final_grades($course);
    $found = [];
    foreach (grade_item::fetch_all(['courseid' => $course]) as $item) {
        $grade = $item->get_grade($user, false);
        $found[$item->get_name(true)] = [
            'points' => $grade && $grade->finalgrade !== null ? round((float)$grade->finalgrade, 5) : null, 'max' => (float)$item->grademax,
            'letter' => $grade && $grade->finalgrade !== null ? grade_format_gradevalue_letter($grade->finalgrade, $item) : null];
    }
    return $found;
}

/** Whether a student may open the activities of these idnumbers. */
function command_available(string $course, string $user): array {
    $found = [];
    foreach (get_fast_modinfo($course, $user)->get_cms() as $cm) {
        $found[$cm->idnumber ?: $cm->name] = $cm->uservisible;
    }
    return $found;
}

/** A SCORM package as an activity; $popup 1: it opens a window of its own. */
function command_scorm(string $course, string $file, string $popup = '0'): array {
    global $USER, $CFG, $DB;
    $draft = file_get_unused_draft_itemid();
    get_file_storage()->create_file_from_pathname(['contextid' => context_user::instance($USER->id)->id, 'component' => 'user',
        'filearea' => 'draft', 'itemid' => $draft, 'filepath' => '/', 'filename' => basename($file)], $file);
    $settings = get_config('scorm');
    $made = create_module((object)(['popup' => (int)$popup] + (array)$settings + ['modulename' => 'scorm', 'course' => $course, 'section' => 0, 'visible' => 1,
        'name' => basename($file), 'introeditor' => ['text' => '', 'format' => FORMAT_HTML, 'itemid' => 0], 'scormtype' => SCORM_TYPE_LOCAL,
        'packagefile' => $draft, 'cmidnumber' => '', 'width' => 100, 'height' => 500, 'skipview' => 2, 'hidebrowse' => 1]));
    return ['cmid' => (int)$made->coursemodule, 'scoes' => array_values($DB->get_records_select('scorm_scoes', "scorm = ? AND launch <> ''",
        [$made->instance], 'sortorder, id', 'id, identifier, title'))];
}

/** What a learner's SCOs have told: identifier → element → value; and the grade. */
function command_tracks(string $cmid, string $user): array {
    global $DB;
    $cm = get_coursemodule_from_id('scorm', $cmid);
    $found = [];
    foreach ($DB->get_records_sql('SELECT v.id, s.identifier, e.element, v.value, a.attempt FROM {scorm_scoes_value} v
            JOIN {scorm_attempt} a ON a.id = v.attemptid JOIN {scorm_element} e ON e.id = v.elementid
            JOIN {scorm_scoes} s ON s.id = v.scoid WHERE a.scormid = ? AND a.userid = ? ORDER BY v.id', [$cm->instance, $user]) as $row) {
        $found[$row->identifier][$row->element] = $row->value;
    }
    $grades = grade_get_grades($cm->course, 'mod', 'scorm', $cm->instance, $user);
    return ['tracks' => $found, 'grade' => $grades->items[0]->grades[$user]->grade ?? null];
}

/** Ends a user's sessions, as a site does after hours without a page. */
function command_expire(string $user): int {
    global $DB;
    $ended = $DB->count_records('sessions', ['userid' => $user]);
    \core\session\manager::destroy_user_sessions((int)$user);
    return $ended;
}

/** A quiz of the teacher's own out of the course's bank: a question of one category, two drawn at random from another. */
function command_reuse(string $course, string $fixed, string $drawn): array {
    global $DB;
    $within = context_course::instance($course);
    $category = fn($name) => $DB->get_field_sql('SELECT MAX(c.id) FROM {question_categories} c JOIN {context} x ON x.id = c.contextid
        WHERE (x.path = ? OR x.path LIKE ?) AND c.name = ?', [$within->path, $within->path . '/%', $name]);
    $made = create_module((object)((array)get_config('quiz') + ['modulename' => 'quiz', 'course' => $course, 'section' => 0, 'visible' => 1,
        'name' => 'Of my own', 'introeditor' => ['text' => '', 'format' => FORMAT_HTML, 'itemid' => 0], 'cmidnumber' => '', 'quizpassword' => '',
        'timeopen' => 0, 'timeclose' => 0, 'gradecat' => 0, 'grade' => 10]));
    $quiz = $DB->get_record('quiz', ['id' => $made->instance]);
    $quiz->cmid = $made->coursemodule;
    $question = $DB->get_field_sql('SELECT MAX(v.questionid) FROM {question_versions} v JOIN {question_bank_entries} e
        ON e.id = v.questionbankentryid WHERE e.questioncategoryid = ?', [$category($fixed)]);
    quiz_add_quiz_question($question, $quiz);
    $settings = \mod_quiz\quiz_settings::create($quiz->id);
    $settings->get_structure()->add_random_questions(1, 2, ['filter' => ['category' => ['jointype' => 1,
        'values' => [(int)$category($drawn)], 'filteroptions' => ['includesubcategories' => false]]]]);
    $settings->get_grade_calculator()->recompute_quiz_sumgrades();
    return ['cmid' => (int)$made->coursemodule];
}

/** Starts attempts at a quiz and returns what each drew: question names and categories. */
function command_draw(string $cmid, string $user, string $times): array {
    global $DB;
    \core\session\manager::set_user($DB->get_record('user', ['id' => $user]));
    $quiz = \mod_quiz\quiz_settings::create_for_cmid($cmid, $user);
    $found = [];
    $before = count(quiz_get_user_attempts($quiz->get_quizid(), $user, 'all', true));
    for ($number = $before + 1; $number <= $before + (int)$times; $number++) {
        $attempt = quiz_prepare_and_start_new_attempt($quiz, $number, null);
        $attempt = \mod_quiz\quiz_attempt::create($attempt->id);
        $drawn = [];
        foreach ($attempt->get_slots() as $slot) {
            $question = $attempt->get_question_attempt($slot)->get_question();
            $drawn[] = ['name' => $question->name, 'category' => $DB->get_field('question_categories', 'name', ['id' => $question->category])];
        }
        $found[] = $drawn;
        if (method_exists($attempt, 'process_submit')) {
            $attempt->process_submit(time(), true);
            $attempt->process_grade_submission(time());
        } else {
            $attempt->process_finish(time(), true);
        }
    }
    return $found;
}
