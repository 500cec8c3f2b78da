"""The checks of a Moodle backup: ours passes, and each fault that a real restore stumbled over is found."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from coursepack.checks import Grammar, check, products
from coursepack.files.package import Package
from coursepack.place import Severity
from coursepack.writers import Context
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests import samples

Members = dict[str, bytes]


@cache
def _sample() -> tuple[tuple[str, bytes], ...]:
    context = Context(assets=samples.ASSETS, timezone="Asia/Almaty", options=BackupOptions(papers=False))
    (artifact,) = writer.write(samples.everything(), context).artifacts
    return tuple((member.path, member.read()) for member in artifact.members)


def sample() -> Members:
    return dict(_sample())


def codes(members: Members, *, closed: bool = False) -> set[str]:
    """The codes of what is wrong enough to stop publishing (closed) or to be told (open)."""
    package = Package.of_members("x.mbz", members.items())
    found = check(package, ("container", "mbz"), Grammar(closed=closed))
    return {f.code for f in found if not closed or f.severity is Severity.ERROR}


def errors(members: Members) -> set[str]:
    package = Package.of_members("x.mbz", members.items())
    return {f.code for f in check(package, ("mbz",), Grammar()) if f.severity is Severity.ERROR}


def one(members: Members, pattern: str) -> str:
    """The first member whose path fits."""
    return next(name for name in members if re.fullmatch(pattern, name))


def edit(pattern: str, old: str, new: str, times: int = 1) -> Callable[[Members], None]:
    """Replace a regular expression in the first member that fits ``pattern`` and holds it."""

    def change(members: Members) -> None:
        for name in members:
            if re.fullmatch(pattern, name):
                text, count = re.subn(old, new, members[name].decode(), count=times, flags=re.DOTALL)
                if count:
                    members[name] = text.encode()
                    return
        raise AssertionError(f"{old!r} is in no {pattern!r}")

    return change


def drop(pattern: str) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        del members[one(members, pattern)]

    return change


def put(pattern: str, content: bytes) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        members[one(members, pattern)] = content

    return change


def add(name: str, content: bytes) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        members[name] = content

    return change


def test_ours_is_sound() -> None:
    assert codes(sample()) == set()
    assert codes(sample(), closed=True) == set()


# What a restore stops at or loses without a word: an error for anybody's file.
FAULTS: list[tuple[str, Callable[[Members], None], str]] = [
    ("activity backup", edit("moodle_backup.xml", "<type>course", "<type>activity"), "mbz-type"),
    ("no main file", drop("moodle_backup.xml"), "mbz-no-main"),
    ("single quotes", edit("moodle_backup.xml", 'version="1.0"', "version='1.0'"), "mbz-unrecognised"),
    (
        "long comment first",
        edit("moodle_backup.xml", "<moodle_backup>", f"<!--{'x' * 200}--><moodle_backup>"),
        "mbz-unrecognised",
    ),
    (
        "not XML",
        put("moodle_backup.xml", b'<?xml version="1.0" encoding="UTF-8"?><moodle_backup><information>'),
        "mbz-xml",
    ),
    ("no type", edit("moodle_backup.xml", "<type>course</type>", ""), "mbz-type"),
    (
        "claims 3.11",
        edit("moodle_backup.xml", "<moodle_version>2022112800", "<moodle_version>2021051700"),
        "mbz-version-old",
    ),
    ("no version", edit("moodle_backup.xml", "<backup_version>2022112800", "<backup_version>"), "mbz-version"),
    ("no wwwroot", edit("moodle_backup.xml", "<original_wwwroot>.*?</original_wwwroot>", ""), "mbz-information"),
    (
        "tag in the name",
        edit("moodle_backup.xml", "<original_course_fullname>", "<original_course_fullname>&lt;b>"),
        "mbz-name-tag",
    ),
    ("other directory", edit("moodle_backup.xml", "<directory>activities/", "<directory>acts/"), "mbz-directory"),
    ("dangling setting", edit("moodle_backup.xml", "<activity>page_", "<activity>pages_"), "mbz-setting-dangling"),
    ("no files.xml", drop("files.xml"), "mbz-file-missing"),
    ("no questions.xml", drop("questions.xml"), "mbz-file-missing"),
    ("no groups.xml", drop("groups.xml"), "mbz-file-missing"),
    ("no course.xml", drop("course/course.xml"), "mbz-file-missing"),
    ("no module.xml", drop("activities/quiz_.*/module.xml"), "mbz-file-missing"),
    ("no grades.xml", drop("activities/page_.*/grades.xml"), "mbz-file-missing"),
    ("no section.xml", drop("sections/.*/section.xml"), "mbz-file-missing"),
    (
        "users switched on",
        edit("moodle_backup.xml", "<name>users</name>\\s*<value>0", "<name>users</name><value>1"),
        "mbz-file-missing",
    ),
    ("entity", edit("activities/page_.*/page.xml", "<content>", "<content>&nbsp;"), "mbz-xml"),
    ("control character", edit("questions.xml", "<info>", "<info>\x0b"), "mbz-xml"),
    ("other cmid", edit("activities/page_.*/module.xml", '<module id="9', '<module id="8'), "mbz-id"),
    ("unknown section", edit("activities/page_.*/module.xml", "<sectionid>9", "<sectionid>8"), "mbz-section-unknown"),
    ("no module version", edit("activities/quiz_.*/module.xml", ' version="2022112800"', ""), "mbz-module-version"),
    ("256 letters", edit("activities/page_.*/page.xml", "<name>", "<name>" + "ә" * 256), "mbz-name-long"),
    ("section of 256 letters", edit("sections/.*/section.xml", "<name>", "<name>" + "ә" * 256), "mbz-name-long"),
    (
        "question of 256 letters",
        edit("questions.xml", "</parent>\\s*<name>", "</parent><name>" + "ә" * 256),
        "mbz-name-long",
    ),
    ("due date null", edit("activities/assign_.*/assign.xml", "<duedate>\\d+", "<duedate>$@NULL@$"), "mbz-number"),
    ("decimal comma", edit("activities/quiz_.*/quiz.xml", "<sumgrades>\\d+", "<sumgrades>4,5"), "mbz-number"),
    ("pool file missing", drop("files/.*"), "mbz-content-missing"),
    ("pool file changed", put("files/.*", b"other"), "mbz-content-changed"),
    (
        "two tops",
        edit("questions.xml", "<parent>9\\d+</parent>\\s*<sortorder>", "<parent>0</parent><sortorder>"),
        "mbz-top",
    ),
    ("fraction", edit("questions.xml", "<fraction>1<", "<fraction>1,0<"), "mbz-number"),
    ("no qtype", edit("questions.xml", "<qtype>essay</qtype>", ""), "mbz-question"),
    ("no penalty", edit("questions.xml", "<penalty>[^<]*</penalty>", ""), "mbz-question"),
    ("unknown answer", edit("questions.xml", "<trueanswer>\\d+", "<trueanswer>5"), "mbz-answer-unknown"),
    ("unknown gap", edit("questions.xml", "<sequence>\\d+", "<sequence>5"), "mbz-gap-unknown"),
    (
        "empty idnumbers",
        edit("questions.xml", "<idnumber>sample-exam[^<]*", "<idnumber>", times=2),
        "mbz-idnumber-twice",
    ),
    ("idnumber of 101", edit("questions.xml", "<idnumber>sample-", "<idnumber>" + "x" * 101), "mbz-name-long"),
    ("slot twice", edit("activities/quiz_.*/quiz.xml", "<slot>2<", "<slot>1<"), "mbz-slot-twice"),
    ("slot gap", edit("activities/quiz_.*/quiz.xml", "<slot>10<", "<slot>12<"), "mbz-slot-gap"),
    ("first slot 0", edit("activities/quiz_.*/quiz.xml", "<firstslot>1", "<firstslot>0"), "mbz-quiz-section"),
    ("filter no JSON", edit("activities/quiz_.*/quiz.xml", "<filtercondition>{", "<filtercondition>"), "mbz-filter"),
    (
        "grade category",
        edit("gradebook.xml", "(category</itemtype>.*?<iteminstance>)\\d+", "\\g<1>5"),
        "mbz-grade-category",
    ),
]


@pytest.mark.parametrize(("change", "code"), [(c, k) for _, c, k in FAULTS], ids=[name for name, _, _ in FAULTS])
def test_fault(change: Callable[[Members], None], code: str) -> None:
    members = sample()
    change(members)
    assert code in errors(members)


def no_inforef(members: Members) -> None:
    for name in [name for name in members if name.endswith("inforef.xml")]:
        del members[name]


# What Moodle gets over, mends or drops: a warning for others' files, an error for ours.
DOUBTS: list[tuple[str, Callable[[Members], None], str]] = [
    ("sumgrades", edit("activities/quiz_.*/quiz.xml", "<sumgrades>\\d+", "<sumgrades>999"), "mbz-sumgrades"),
    ("no gradebook", drop("gradebook.xml"), "mbz-file-absent"),
    ("no inforef at all", no_inforef, "mbz-file-absent"),
    ("no inforef at all: files", no_inforef, "mbz-file-unreferenced"),
    ("folder not listed", add("activities/page_5/page.xml", b"<activity/>"), "mbz-unlisted"),
    ("unused content", add("files/aa/" + "a" * 40, b"x"), "mbz-content-unused"),
    ("section number twice", edit("sections/.*/section.xml", "<number>1<", "<number>2<"), "mbz-section-number"),
    ("picture's context", edit("files.xml", "<contextid>\\d+", "<contextid>900999999"), "mbz-picture-missing"),
    ("fileref", edit("activities/.*/inforef.xml", "(<file>\\s*<id>)\\d+", "\\g<1>5"), "mbz-fileref"),
    ("categoryref", edit("course/inforef.xml", "(<question_category>\\s*<id>)\\d+", "\\g<1>5"), "mbz-categoryref"),
    (
        "parent elsewhere",
        edit("questions.xml", "<parent>9\\d+</parent>\\s*<sortorder>", "<parent>5</parent><sortorder>"),
        "mbz-category-parent",
    ),
    ("fraction of 50", edit("questions.xml", "<fraction>1<", "<fraction>50<"), "mbz-fraction"),
    ("no options", edit("questions.xml", "<essay .*?</essay>", ""), "mbz-question-options"),
    (
        "entry of another category",
        edit("questions.xml", "<questioncategoryid>\\d+", "<questioncategoryid>5"),
        "mbz-entry",
    ),
    (
        "unknown entry",
        edit("activities/quiz_.*/quiz.xml", "<questionbankentryid>\\d+", "<questionbankentryid>5"),
        "mbz-entry-unknown",
    ),
    (
        "unknown pool",
        edit("activities/quiz_.*/quiz.xml", '"questioncategoryid": \\d+', '"questioncategoryid": 5'),
        "mbz-category-unknown",
    ),
    (
        "context of the pool",
        edit("activities/quiz_.*/quiz.xml", "<questionscontextid>\\d+", "<questionscontextid>5"),
        "mbz-set-context",
    ),
    (
        "context of the slot",
        edit("activities/quiz_.*/quiz.xml", "<usingcontextid>\\d+", "<usingcontextid>5"),
        "mbz-slot-context",
    ),
    (
        "grade item's category",
        edit("activities/assign_.*/grades.xml", "<categoryid>\\d+", "<categoryid>5"),
        "mbz-grade-category",
    ),
]


@pytest.mark.parametrize(("change", "code"), [(c, k) for _, c, k in DOUBTS], ids=[name for name, _, _ in DOUBTS])
def test_doubt(change: Callable[[Members], None], code: str) -> None:
    members = sample()
    change(members)
    assert code in codes(members)
    assert code not in errors(members)
    assert code in codes(members, closed=True)


# What only our own files never hold.
OWN: list[tuple[str, Callable[[Members], None], str]] = [
    ("users", add("users.xml", b"<users/>"), "mbz-users"),
    ("small ids", edit("activities/page_.*/page.xml", 'id="900', 'id="1'), "mbz-schema"),
    ("id twice", edit("questions.xml", '<answer id="\\d+"', '<answer id="900000001"'), "mbz-id-twice"),
    ("empty hints", edit("questions.xml", "<tags", "<question_hints/><tags"), "mbz-container-empty"),
    ("site bank", edit("questions.xml", "<contextlevel>70", "<contextlevel>10"), "mbz-category-system"),
    ("grade unlike grademax", edit("activities/assign_.*/assign.xml", "<grade>10", "<grade>20"), "mbz-grade-max"),
    (
        "later version",
        edit("moodle_backup.xml", "<moodle_version>2022112800", "<moodle_version>2024100700"),
        "mbz-schema",
    ),
    ("unknown leaf", edit("course/course.xml", "<theme", "<nix/><theme"), "mbz-schema"),
    ("number of announcements", edit("course/course.xml", "<newsitems>5", "<newsitems>all"), "mbz-schema"),
    ("blog forum", edit("activities/forum_.*/forum.xml", "<type>single", "<type>blog"), "mbz-schema"),
]


@pytest.mark.parametrize(("change", "code"), [(c, k) for _, c, k in OWN], ids=[name for name, _, _ in OWN])
def test_only_ours(change: Callable[[Members], None], code: str) -> None:
    members = sample()
    change(members)
    assert code in codes(members, closed=True)
    assert errors(members) == set()


def test_main_file_stands_first() -> None:
    members = sample()
    main = members.pop("moodle_backup.xml")
    members["moodle_backup.xml"] = main
    assert "mbz-order" in codes(members, closed=True)
    assert codes(members) == set()


def test_pool_smaller_than_what_draws() -> None:
    members = sample()
    for name in [n for n in members if re.fullmatch("activities/quiz_.*/quiz.xml", n)]:
        text = members[name].decode()
        if "question_set_reference" in text:
            rewordings = re.search(
                r'<question_category id="(\d+)">\s*<name>[^<]*Басқаша', members["questions.xml"].decode()
            )
            assert rewordings
            text = re.sub(r'"questioncategoryid": \d+', f'"questioncategoryid": {rewordings[1]}', text)
            members[name] = text.encode()
    assert "mbz-pool-small" in codes(members)


OLD = '{{"questioncategoryid": {0}, "includingsubcategories": {1}}}'
NEW = '{{"filter":{{"category":{{"jointype":1,"values":[{0}],"filteroptions":{{"includesubcategories":{1}}}}}}}}}'


@pytest.mark.parametrize("form", [OLD, NEW], ids=["4.0", "4.3"])
@pytest.mark.parametrize(("deep", "expected"), [("true", set()), ("false", {"mbz-pool-small"})])
def test_a_pool_counts_what_lies_below_it_only_when_asked(form: str, deep: str, expected: set[str]) -> None:
    """The parent of the exam's pool holds no question of its own."""
    members = sample()
    tree = etree.fromstring(members["questions.xml"])
    parents = {c.findtext("idnumber"): c.findtext("parent") for c in tree.iter("question_category")}
    (parent,) = {above for name, above in parents.items() if name and name.endswith("exam-pool")}
    edit(
        "activities/quiz_.*/quiz.xml",
        r'\{"questioncategoryid": \d+, "includingsubcategories": false\}',
        form.format(parent, deep),
        9,
    )(members)
    assert codes(members) == expected


def test_a_sum_of_marks_off_by_a_tenth_is_told() -> None:
    members = sample()
    edit("activities/quiz_.*/quiz.xml", "<sumgrades>12</sumgrades>", "<sumgrades>12.1</sumgrades>", 9)(members)
    assert codes(members) == {"mbz-sumgrades"}


def test_what_asks_nothing_cannot_be_drawn() -> None:
    """Moodle draws no question of length 0, a description."""
    members = sample()
    edit("questions.xml", "<length>1</length>", "<length>0</length>", 99)(members)
    assert "mbz-pool-small" in codes(members)


def test_filter_of_later_versions() -> None:
    new = '{"filter":{"category":{"jointype":1,"values":[\\g<1>],"filteroptions":{"includesubcategories":true}}}}'
    members = sample()
    edit("activities/quiz_.*/quiz.xml", r'\{"questioncategoryid": (\d+), "includingsubcategories": false\}', new, 9)(
        members
    )
    assert codes(members) == set()
    edit("activities/quiz_.*/quiz.xml", r'"values":\[\d+\]', '"values":[5]')(members)
    assert "mbz-category-unknown" in codes(members)


# --- containers ---------------------------------------------------------------------------------------------------


def test_zip_and_tar(tmp_path: Path) -> None:
    packed = tmp_path / "a.mbz"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sample().items():
            archive.writestr(name, data)
    assert products.validate(packed).findings == ()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, data in sample().items():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    tarred = tmp_path / "b.mbz"
    tarred.write_bytes(gzip.compress(buffer.getvalue()))
    verdict = products.validate(tarred)
    assert (verdict.kind, verdict.findings) == ("moodle-backup", ())


def test_inside_a_folder(tmp_path: Path) -> None:
    packed = tmp_path / "a.mbz"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sample().items():
            archive.writestr(f"course/{name}", data)
    assert "mbz-not-at-root" in {f.code for f in products.validate(packed).findings}


def test_a_finding_names_its_place() -> None:
    members = sample()
    edit("activities/quiz_.*/quiz.xml", "<sumgrades>\\d+", "<sumgrades>999")(members)
    package = Package.of_members("x.mbz", members.items())
    (found,) = [f for f in check(package, ("mbz",), Grammar()) if f.code == "mbz-sumgrades"]
    assert found.place is not None
    assert found.place.member == one(members, "activities/quiz_.*/quiz.xml")
    assert found.place.first > 0
    assert "sumgrades is 999, the slots add up to 10" in found.message
