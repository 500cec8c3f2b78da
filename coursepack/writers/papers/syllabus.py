"""``syllabus``: the syllabus as a department prints and signs it, plain or as one grid, alone or bilingual."""

from __future__ import annotations

from coursepack import languages
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import About, Course
from coursepack.place import Finding, warning
from coursepack.writers import Context, Writer
from coursepack.writers.papers import sources
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.outcomes import outcome_findings, outcome_sheet
from coursepack.writers.papers.paper import Paper
from coursepack.writers.papers.plan import plan_weeks
from coursepack.writers.papers.questions import teacher_list
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.sums import plan_findings

NAME = "syllabus"
_TEMPLATES = {"paragraphs": "syllabus.docx", "grid": "syllabus-grid.docx"}
BILINGUAL = "syllabus-bilingual.docx"


def write(course: Course, context: Context) -> Written:
    """The syllabus; with ``second_language`` also the bilingual one; exam questions that students may not see as a
    file of their own for the teacher."""
    paper = Paper(course, context, SHARED)
    paper.make(_TEMPLATES[paper.options.syllabus])
    title = f"{course.title}. {paper.say('Syllabus')}"
    source = sources.source(sources.syllabus(course, paper.say))
    artifacts = [paper.artifact(f"{course.id}-syllabus.docx", NAME, title, source)]
    findings = [*plan_findings(course, plan_weeks(course, paper.say, paper.options.plan_weeks)), *paper.findings]
    if paper.options.second_language not in {None, course.language}:
        artifact, more = _bilingual(course, context, paper.options)
        artifacts.append(artifact)
        findings.extend(more)
    if course.about.outcome_map and course.about.outcomes:
        artifacts.append(outcome_sheet(course, paper.say))
    findings.extend(outcome_findings(course, paper.say))
    artifacts.extend(teacher_list(course, context, NAME))
    return Written(tuple(artifacts), tuple(dict.fromkeys(findings)))


def _bilingual(course: Course, context: Context, options: PaperOptions) -> tuple[Artifact, list[Finding]]:
    """Side by side: the course's language, and the second one from the parallel edition (blanks when there is none)."""
    language = options.second_language or languages.second(course.language)
    findings: list[Finding] = []
    twin = next((other for other in context.parallel if other.language == language), None)
    if twin is None:
        twin = Course(id=course.id, title="", language=language, about=_figures(course))
        findings.append(
            warning(
                "papers-no-edition",
                f"there is no edition of the course in {language!r}: its side of the bilingual syllabus is blank",
                advice=f"name {language!r} in languages and give sources in it",
            )
        )
    paper = Paper(course, context, SHARED)
    paper.second = Paper(twin, context, SHARED)
    paper.second.say = type(paper.say)(language)
    paper.beside, paper.second.beside = paper.second, paper
    paper.make(BILINGUAL)
    title = f"{course.title}. {paper.say('Syllabus')}"
    source = sources.source(sources.syllabus(course, paper.say), sources.syllabus(twin, paper.second.say))
    artifact = paper.artifact(f"{course.id}-syllabus-{course.language}-{language}.docx", NAME, title, source)
    return artifact, [*findings, *paper.findings]


def _figures(course: Course) -> About:
    """What is the same in every language: code, credits, hours, year."""
    about = course.about
    return About(
        code=about.code, credits=about.credits, hours=about.hours, year=about.year, study_year=about.study_year
    )


writer = Writer(
    name=NAME,
    summary="Syllabus to sign (DOCX): course data, plan by week, assessment, literature",
    write=write,
    table="papers",
    options=PaperOptions,
)
