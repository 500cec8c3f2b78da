<?php
// What a course that students work in needs for the tests beside it; run like site.php, whose commands it has too.
// A trial site only.

/** Adds a backup to a course that is there («merge»); what the restore says, and its log of warnings. */
function command_merge(string $course, string $file): array {
    global $DB;
    $folder = restore_controller::get_tempdir_name(0, 2);
    get_file_packer('application/vnd.moodle.backup')->extract_to_pathname($file, make_backup_temp_directory($folder));
    $run = new restore_controller($folder, $course, backup::INTERACTIVE_NO, backup::MODE_GENERAL, 2, backup::TARGET_EXISTING_ADDING);
    $run->execute_precheck();
    $checked = $run->get_precheck_results();
    $run->execute_plan();
    $results = $run->get_results();
    $run->destroy();
    foreach (\core\task\manager::get_candidate_adhoc_tasks(time() + 60, 2000, null) as $task) {
        $task = \core\task\manager::adhoc_task_from_record($task);
        // Those of other courses, which nobody waits for, may be hundreds.
        $ours = $task instanceof \core\task\refresh_mod_calendar_events_task && ($task->get_custom_data()->courseid ?? 0) == $course;
        if ($ours || str_contains(get_class($task), 'transfer_question')) {
            $task->execute();
            $DB->delete_records('task_adhoc', ['id' => $task->get_id()]);
        }
    }
    rebuild_course_cache($course, true);
    return ['precheck' => $checked, 'results' => array_keys((array)$results)];
}

/** A student hands in a task, writes into a discussion and has seen a page. */
function command_work(string $course, string $user, string $task, string $forum, string $page, string $text): array {
    global $DB, $CFG;
    require_once($CFG->dirroot . '/mod/forum/lib.php');
    \core\session\manager::set_user($DB->get_record('user', ['id' => $user]));
    // A receipt that no mail can bring is no fault of the course.
    $CFG->debug = 0;
    $CFG->debugdeveloper = false;
    $CFG->noreplyaddress = 'noreply@example.invalid';
    $cm = get_coursemodule_from_id('assign', $task);
    $assign = new assign(context_module::instance($cm->id), $cm, get_course($course));
    $said = [];
    $assign->save_submission((object)['onlinetext_editor' => ['text' => $text, 'format' => FORMAT_HTML, 'itemid' => 0],
        'files_filemanager' => 0], $said);
    $cm = get_coursemodule_from_id('forum', $forum);
    $discussion = $DB->get_record('forum_discussions', ['forum' => $cm->instance], '*', MUST_EXIST);
    forum_add_new_post((object)['discussion' => $discussion->id, 'parent' => $discussion->firstpost, 'forum' => $cm->instance,
        'course' => $course, 'subject' => 'Re', 'message' => $text, 'messageformat' => FORMAT_HTML, 'messagetrust' => 0,
        'itemid' => 0], null);
    (new completion_info(get_course($course)))->set_module_viewed(get_coursemodule_from_id('', $page), $user);
    return ['notices' => $said];
}

/** Takes a quiz, each answer the given text, and hands it in; the id of the attempt. */
function command_attempt(string $cmid, string $user, string $text): array {
    global $DB, $CFG;
    \core\session\manager::set_user($DB->get_record('user', ['id' => $user]));
    $CFG->debug = 0;
    $CFG->debugdeveloper = false;
    $CFG->noreplyaddress = 'noreply@example.invalid';
    $quiz = \mod_quiz\quiz_settings::create_for_cmid($cmid, $user);
    $number = count(quiz_get_user_attempts($quiz->get_quizid(), $user, 'all', true)) + 1;
    $attempt = \mod_quiz\quiz_attempt::create(quiz_prepare_and_start_new_attempt($quiz, $number, null)->id);
    $used = question_engine::load_questions_usage_by_activity($attempt->get_uniqueid());
    foreach ($used->get_slots() as $slot) {
        $right = $used->get_question($slot)->get_correct_response();
        $used->process_action($slot, $right ?: ['answer' => $text, 'answerformat' => FORMAT_HTML]);
    }
    question_engine::save_questions_usage_by_activity($used);
    $attempt = \mod_quiz\quiz_attempt::create($attempt->get_attemptid());
    if (method_exists($attempt, 'process_submit')) {
        $attempt->process_submit(time(), true);
        $attempt->process_grade_submission(time());
    } else {
        $attempt->process_finish(time(), true);
    }
    return ['attempt' => (int)$attempt->get_attemptid()] + asked((string)$attempt->get_attemptid());
}

function command_asked(string $id): array {
    return asked($id);
}

/** What an attempt asked, what was answered, and its marks. */
function asked(string $id): array {
    $attempt = \mod_quiz\quiz_attempt::create($id);
    $found = [];
    foreach ($attempt->get_slots() as $slot) {
        $one = $attempt->get_question_attempt($slot);
        $found[] = ['name' => $one->get_question()->name, 'text' => $one->get_question()->questiontext, 'version' => (int)$one->get_question()->version,
            'answer' => $one->get_response_summary(), 'mark' => $one->get_mark()];
    }
    return ['questions' => $found, 'marks' => $attempt->get_sum_marks()];
}

/** Tells a SCO's data as its learner would. */
function command_play(string $cmid, string $user, string $sco, string $json): array {
    $cm = get_coursemodule_from_id('scorm', $cmid);
    foreach (json_decode($json, true) as $element => $value) {
        scorm_insert_track($user, $cm->instance, $sco, 1, $element, $value);
    }
    return [];
}

/** Every row that holds what students did in a course, by table and id. */
function command_rows(string $course): array {
    global $DB;
    $tables = [
        'quiz_attempts' => 'SELECT a.* FROM {quiz_attempts} a JOIN {quiz} q ON q.id = a.quiz WHERE q.course = ?',
        'quiz_grades' => 'SELECT g.* FROM {quiz_grades} g JOIN {quiz} q ON q.id = g.quiz WHERE q.course = ?',
        'question_attempts' => 'SELECT qa.* FROM {question_attempts} qa JOIN {quiz_attempts} a ON a.uniqueid = qa.questionusageid JOIN {quiz} q ON q.id = a.quiz WHERE q.course = ?',
        'question_attempt_steps' => 'SELECT s.* FROM {question_attempt_steps} s JOIN {question_attempts} qa ON qa.id = s.questionattemptid JOIN {quiz_attempts} a ON a.uniqueid = qa.questionusageid JOIN {quiz} q ON q.id = a.quiz WHERE q.course = ?',
        'question_attempt_step_data' => 'SELECT d.* FROM {question_attempt_step_data} d JOIN {question_attempt_steps} s ON s.id = d.attemptstepid JOIN {question_attempts} qa ON qa.id = s.questionattemptid JOIN {quiz_attempts} a ON a.uniqueid = qa.questionusageid JOIN {quiz} q ON q.id = a.quiz WHERE q.course = ?',
        'quiz_slots' => 'SELECT s.* FROM {quiz_slots} s JOIN {quiz} q ON q.id = s.quizid WHERE q.course = ?',
        'assign_submission' => 'SELECT s.* FROM {assign_submission} s JOIN {assign} a ON a.id = s.assignment WHERE a.course = ?',
        'assignsubmission_onlinetext' => 'SELECT s.* FROM {assignsubmission_onlinetext} s JOIN {assign} a ON a.id = s.assignment WHERE a.course = ?',
        'assign_grades' => 'SELECT g.* FROM {assign_grades} g JOIN {assign} a ON a.id = g.assignment WHERE a.course = ?',
        'forum_posts' => 'SELECT p.* FROM {forum_posts} p JOIN {forum_discussions} d ON d.id = p.discussion WHERE d.course = ?',
        'grade_grades' => 'SELECT g.id, g.itemid, g.userid, g.rawgrade, g.finalgrade, g.overridden, g.hidden FROM {grade_grades} g JOIN {grade_items} i ON i.id = g.itemid WHERE i.courseid = ?',
        'grade_items' => 'SELECT id, categoryid, itemname, itemtype, iteminstance, idnumber, grademax, gradepass, aggregationcoef FROM {grade_items} WHERE courseid = ?',
        'grade_categories' => 'SELECT id, parent, path, fullname, aggregation FROM {grade_categories} WHERE courseid = ?',
        'course_modules' => 'SELECT id, module, instance, section, idnumber, visible, completion, completionview, completionexpected, availability FROM {course_modules} WHERE course = ?',
        'course_modules_completion' => 'SELECT c.* FROM {course_modules_completion} c JOIN {course_modules} m ON m.id = c.coursemoduleid WHERE m.course = ?',
        'course_modules_viewed' => 'SELECT c.* FROM {course_modules_viewed} c JOIN {course_modules} m ON m.id = c.coursemoduleid WHERE m.course = ?',
        'course_completion_criteria' => 'SELECT * FROM {course_completion_criteria} WHERE course = ?',
        'scorm_attempt' => 'SELECT a.* FROM {scorm_attempt} a JOIN {scorm} s ON s.id = a.scormid WHERE s.course = ?',
        'scorm_scoes_value' => 'SELECT v.* FROM {scorm_scoes_value} v JOIN {scorm_attempt} a ON a.id = v.attemptid JOIN {scorm} s ON s.id = a.scormid WHERE s.course = ?',
        'user_enrolments' => 'SELECT u.* FROM {user_enrolments} u JOIN {enrol} e ON e.id = u.enrolid WHERE e.courseid = ?',
        'page' => 'SELECT id, name, intro, content FROM {page} WHERE course = ?',
        'assign' => 'SELECT id, name, intro, duedate, cutoffdate, grade FROM {assign} WHERE course = ?',
        'forum' => 'SELECT id, name, intro, grade_forum FROM {forum} WHERE course = ?',
        'quiz' => 'SELECT id, name, intro, sumgrades, grade, attempts FROM {quiz} WHERE course = ?',
        'course' => 'SELECT id, fullname, shortname, summary, format, startdate, enddate, enablecompletion FROM {course} WHERE id = ?',
        'course_sections' => 'SELECT id, section, name, summary, visible, availability FROM {course_sections} WHERE course = ?',
    ];
    $found = [];
    foreach ($tables as $table => $sql) {
        $found[$table] = (object)[];
        foreach ($DB->get_records_sql($sql, [$course]) as $id => $row) {
            $found[$table]->$id = $row;
        }
    }
    return $found;
}

/** The entries of the banks of a course: idnumber, versions, category. */
function command_entries(string $course): array {
    global $DB;
    $within = context_course::instance($course);
    $found = [];
    foreach ($DB->get_records_sql("SELECT v.id, e.id AS entry, e.idnumber, v.version, v.status, q.name, q.questiontext, q.qtype, q.parent, c.name AS category
            FROM {question_versions} v JOIN {question_bank_entries} e ON e.id = v.questionbankentryid JOIN {question} q ON q.id = v.questionid
            JOIN {question_categories} c ON c.id = e.questioncategoryid JOIN {context} x ON x.id = c.contextid
            WHERE x.path = ? OR x.path LIKE ? ORDER BY e.id, v.version", [$within->path, $within->path . '/%']) as $row) {
        $found[] = (array)$row;
    }
    return $found;
}

require(__DIR__ . '/site.php');
