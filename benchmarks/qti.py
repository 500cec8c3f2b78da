"""What the reader of QTI makes of packages by others: items wanted and got, by kind.

    python benchmarks/qti.py FOLDER [--by kind] [--told]

FOLDER holds packages (``.zip``, ``.imscc``, ``.xml``) in folders called as the systems that wrote them. What is wanted
is counted in the text of each document by patterns, apart from the reader. The table has a row a system, with ``--by
kind`` a row a kind of interaction, with ``--by package`` a row a package and kind.

    python benchmarks/qti.py --round-trip FOLDER [--told]

takes banks of Moodle XML in FOLDER to QTI and back and counts, by type of question, what is not as it was: the bank as
Moodle XML of ours beside the same written from the package of QTI, element by element.

    python benchmarks/qti.py --speed [COUNT ...]

measures the time and memory of reading packages of so many items that it makes itself.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from lxml import etree

from coursepack import convert, readers
from coursepack.model.questions import MultipleChoice, Question
from coursepack.place import CoursepackError, Finding, Place

ENDINGS = {".zip", ".imscc", ".xml"}
DOCUMENTS = (".xml", ".qti", ".dat")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
INTERACTION = re.compile(r"<(?:[\w.-]+:)?(?:qti-)?([a-z][A-Za-z-]*?)-?[iI]nteraction(?=[\s/>])")
ITEM = re.compile(r"<(?:[\w.-]+:)?item\b(?![\w-])[^>]*>.*?</(?:[\w.-]+:)?item\s*>", re.DOTALL)
NAMED = re.compile(
    r"(?:question_type|cc_profile)\s*</(?:\w+:)?fieldlabel>\s*<(?:\w+:)?fieldentry>\s*([^<]+?)\s*<"
    r"|<bbmd_questiontype>\s*([^<]+?)\s*<"
)
RESPONSE = re.compile(r"<(?:[\w.-]+:)?(response_(?:lid|str|num|grp|xy))\b[^>]*")
_NAMED = re.compile(r"^the item .*?(?:is|has|loses) ")


def wanted_in(text: str) -> Iterator[tuple[str, str]]:
    """Identifier and kind of each item in a document."""
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    found = next((f for f in ROOT.finditer(text) if text[f.start() - 1 : f.start()] != "!"), None)
    name = found[1] if found else ""
    if found is not None and name.replace("-", "").lower() in {"assessmentitem", "qtiassessmentitem"}:
        kinds = [
            re.sub(r"-(\w)", lambda dash: dash[1].upper(), kind) + "Interaction" for kind in INTERACTION.findall(text)
        ]
        kinds = [kind for kind in kinds if kind not in {"endAttemptInteraction", "mediaInteraction"}]
        one = kinds[0] if len(set(kinds)) == 1 else "several kinds" if kinds else "no interaction"
        yield identifier(text[found.start() :]), one
    elif name == "questestinterop":
        for each in ITEM.finditer(text):
            yield identifier(each[0]), old_kind(each[0])


def identifier(text: str) -> str:
    found = re.match(r"""<[^>]*?\sident(?:ifier)?\s*=\s*["']([^"']*)["']""", text)
    return found[1] if found else ""


def old_kind(item: str) -> str:
    named = NAMED.search(item)
    if named:
        return str(named[1] or f"{named[2]} (Blackboard)")
    responses = RESPONSE.findall(item)
    if not responses:
        return "no response"
    many = "multiple" if re.search(r'rcardinality="multiple"', item, re.IGNORECASE) else "single"
    ordered = " ordered" if re.search(r'rcardinality="ordered"', item, re.IGNORECASE) else ""
    spot = next((f" {name}" for name in ("hotspot", "slider") if f"render_{name}" in item), "")
    return (
        f"{responses[0]}{ordered}{spot}" if responses[0] != "response_lid" else f"{responses[0]} {many}{ordered}{spot}"
    )


def documents(path: Path) -> Iterator[tuple[str, str]]:
    """Name and text of the documents of a package; of two forms of one assessment in a cartridge the fuller one."""
    if path.suffix == ".xml":
        yield "", decoded(path.read_bytes())
        return
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(DOCUMENTS)]
        texts = {name: decoded(archive.read(name)) for name in names if not name.endswith("imsmanifest.xml")}
    for name, text in texts.items():
        stem = name.split("/")[-2] if "/" in name else name
        twin = next((one for one in texts if one == f"non_cc_assessments/{stem}.xml.qti"), None)
        if twin and twin != name and texts[twin].count("<item ") >= text.count("<item "):
            continue
        yield name, text


def decoded(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "replace").replace(
        "\r\n", "\n"
    )


@dataclass
class Tally:
    """Of one kind in one system: items wanted, questions of it by type, and what else became of them."""

    wanted: int = 0
    got: Counter[str] = field(default_factory=Counter)
    told: int = 0
    keyless: int = 0
    silent: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.wanted += other.wanted
        self.got.update(other.got)
        self.told += other.told
        self.keyless += other.keyless
        self.silent += other.silent

    def questions(self) -> str:
        """Types of the questions that were read, the most frequent first."""
        return ", ".join(f"{name} {count}" for name, count in self.got.most_common()) or "–"


def look(path: Path, tallies: dict[str, Tally], told: list[Finding]) -> None:
    """Count one package: what is said to be left out is taken away by its identifier, the rest follow in order."""
    questions, findings = read(path)
    told += findings
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        asked[member(question.place)].append(question)
    left = Counter((member(f.place), named(f)) for f in findings if f.code in {"qti-left-out", "qti-item"})
    keyless = {(member(f.place), f.place.first if f.place else 0) for f in findings if f.code == "qti-no-key"}
    broken = {member(f.place) for f in findings if f.code in {"qti-document", "qti-unlisted"}}
    for name, text in documents(path):
        here = iter(asked[name])
        for ident, kind in wanted_in(text):
            tally = tallies[kind]
            tally.wanted += 1
            if left[name, ident] > 0 or name in broken:
                left[name, ident] -= 1
                tally.told += 1
            elif (found := next(here, None)) is not None:
                tally.got[name_of(found)] += 1
                tally.keyless += (name, found.place.first if found.place else 0) in keyless
            else:
                tally.silent.append(f"{path.name}!{name} {ident}")


def member(place: Place | None) -> str:
    return (place.member if place else "") or ""


def named(finding: Finding) -> str:
    found = re.match(r"the item '(.*?)' ", finding.message)
    return found[1] if found else ""


def name_of(question: Question) -> str:
    if isinstance(question, MultipleChoice):
        return "one answer" if question.single else "several answers"
    name = type(question).__name__
    return {"TrueFalse": "true/false", "ShortAnswer": "short answer"}.get(name, name.lower())


def read(path: Path) -> tuple[list[Question], list[Finding]]:
    try:
        found = readers.read_questions(path)
        questions = list(found.bank.questions())
    except CoursepackError as problem:
        print(f"{path}: {problem}")
        return [], []
    return questions, found.findings


def trial(folder: Path, *, told: bool, by: str) -> None:
    """Prints a table by ``by``, with a row a system, a kind, or a package and kind, and the sum of all."""
    tallies: dict[tuple[str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    packages: Counter[str] = Counter()
    findings: list[Finding] = []
    for path in sorted(each for each in folder.rglob("*") if each.suffix in ENDINGS):
        inside = path.relative_to(folder)
        packages[inside.parts[0]] += 1
        look(path, tallies[inside.parts[0], str(inside)], findings)
    rows: dict[str, Tally] = defaultdict(Tally)
    for (system, package), kinds in tallies.items():
        for kind, tally in kinds.items():
            rows[{"system": system, "kind": kind, "package": f"{package} | {kind}"}[by]].add(tally)
    columns = {"system": "system | packages", "kind": "interaction or question type", "package": "package | kind"}
    outcomes = "left out, reported | without a key, reported | lost without a report"
    print(f"| {columns[by]} | items wanted | read | {outcomes} |")
    print("|" + " --- |" * (5 + columns[by].count("|") + 1))
    for name, tally in sorted(rows.items(), key=lambda row: (-row[1].wanted if by == "kind" else 0, row[0])):
        read = tally.got.total() if by == "system" else tally.questions()
        first = f"{name} | {packages[name]}" if by == "system" else name
        print(f"| {first} | {tally.wanted} | {read} | {tally.told} | {tally.keyless} | {len(tally.silent)} |")
    every = list(rows.values())
    print(
        f"{sum(packages.values())} packages, {sum(t.wanted for t in every)} items, "
        f"{sum(t.got.total() for t in every)} read, "
        f"{sum(t.told for t in every)} left out and reported, "
        f"{sum(t.keyless for t in every)} without a key and reported, "
        f"{sum(len(t.silent) for t in every)} lost without a report"
    )
    for tally in every:
        for where in tally.silent[:20]:
            print("lost:", where)
    if told:
        shown = (f"{f.code}: {re.sub(_NAMED, '', f.message)}" for f in findings)
        for text, count in Counter(shown).most_common():
            print(f"{count:5} {text}")


# --- there and back ---------------------------------------------------------------------------------------------------

FORMATS = ("qti21", "qti22", "qti3")
_BLANKS = re.compile(r"\s*(<br>)\s*|\s+")


def elements(path: Path) -> list[tuple[str, dict[str, list[str]]]]:
    """Of each question of Moodle XML its type and its elements by name; numbers of the file, and blanks that no browser
    shows, are left out. A category stands with each of its questions."""
    found, category = [], ""
    for question in etree.parse(path).getroot().iter("question"):
        kind = question.get("type", "")
        if kind == "category":
            category = question.findtext("category/text") or ""
            continue
        parts: dict[str, list[str]] = defaultdict(list)
        parts["category"] = [category]
        for part in question.iterchildren("*"):
            if part.tag != "idnumber":
                text = unescape(etree.tostring(part, method="c14n").decode())
                parts[str(part.tag)].append(_BLANKS.sub(lambda found: found[1] or " ", text))
        found.append((kind, parts))
    return found


def round_trip(folder: Path, *, told: bool) -> None:
    """A table: type of question, how many, and what is changed in how many of them by each format."""
    counted: Counter[str] = Counter()
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    changed: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    banks, refused = 0, 0
    for path in sorted(folder.rglob("*.xml")):
        with tempfile.TemporaryDirectory() as at:
            here = Path(at)
            try:
                convert.convert(path, "moodle-xml", here / "before.xml", skip_bad=True)
                before = elements(here / "before.xml")
            except (CoursepackError, OSError):
                refused += 1
                continue
            banks += 1
            counted.update(kind for kind, _ in before)
            for name in FORMATS:
                convert.convert(here / "before.xml", name, here / f"{name}.zip")
                convert.convert(here / f"{name}.zip", "moodle-xml", here / f"{name}.xml")
                after = elements(here / f"{name}.xml")
                if len(before) != len(after):
                    print(f"{path}: {len(before)} questions, {len(after)} after {name}")
                for (kind, one), (other_kind, other) in zip(before, after, strict=False):
                    parts = [part for part in {**one, **other} if one.get(part) != other.get(part)]
                    parts = [f"type → {other_kind}"] if kind != other_kind else parts
                    whole[kind][name] += not parts
                    changed[kind][name].update(parts)
                    if told and parts:
                        print(f"{path.name} {name} {kind} {''.join(one['name'])[:80]}: {', '.join(parts)}")
    print(f"{banks} banks, {counted.total()} questions; {refused} files cannot be read as banks")
    print("| type | questions |", " | ".join(f"unchanged with {name}" for name in FORMATS), "| what differs (number) |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, count in counted.most_common():
        most: Counter[str] = Counter()
        for each in changed[kind].values():
            most |= each
        said = ", ".join(f"{part} {number}" for part, number in most.most_common()) or "–"
        print(
            f"| {kind} | {count} |", " | ".join(str(whole[kind][name]) for name in FORMATS), f"| {said} |", flush=True
        )


# --- speed ------------------------------------------------------------------------------------------------------------

OPTIONS = ("Парламент", "Үкімет", "Жоғарғы Сот", "Әкімдік")
STEM = "{number}-сұрақ. Қазақстандағы мемлекеттік билік тармақтарының қайсысы заң шығарады?"


def old_package(path: Path, count: int) -> None:
    """One document of QTI 1.2 as Canvas exports it."""
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Bank">'
        )
        file.write('<section ident="root_section">\n')
        for number in range(1, count + 1):
            labels = "".join(
                f'<response_label ident="{at}"><material><mattext texttype="text/plain">{text} {number}</mattext>'
                "</material></response_label>"
                for at, text in enumerate(OPTIONS)
            )
            file.write(
                f'<item ident="i{number}" title="Question"><itemmetadata><qtimetadata><qtimetadatafield>'
                "<fieldlabel>question_type</fieldlabel><fieldentry>multiple_choice_question</fieldentry></qtimetadatafield>"
                "</qtimetadata></itemmetadata><presentation><material>"
                f'<mattext texttype="text/html">&lt;p&gt;{STEM.format(number=number)}&lt;/p&gt;</mattext></material>'
                f'<response_lid ident="r" rcardinality="Single"><render_choice>{labels}</render_choice></response_lid>'
                '</presentation><resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE"/>'
                "</outcomes>"
                '<respcondition continue="No"><conditionvar><varequal respident="r">0</varequal></conditionvar>'
                '<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item>\n'
            )
        file.write("</section></assessment></questestinterop>")


def new_package(path: Path, count: int) -> None:
    """A package of QTI 2.1, an item a document."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "".join(
            f'<resource identifier="i{n}" type="imsqti_item_xmlv2p1" href="i{n}.xml"><file href="i{n}.xml"/></resource>'
            for n in range(1, count + 1)
        )
        space = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
        archive.writestr("imsmanifest.xml", f"<manifest {space}><resources>{listed}</resources></manifest>")
        for number in range(1, count + 1):
            choices = "".join(
                f'<simpleChoice identifier="c{at}">{text} {number}</simpleChoice>' for at, text in enumerate(OPTIONS)
            )
            archive.writestr(
                f"i{number}.xml",
                f'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i{number}" '
                f'title="{number}" adaptive="false" timeDependent="false"><responseDeclaration '
                'identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>c0'
                "</value></correctResponse></responseDeclaration>"
                '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><itemBody>'
                f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>'
                f"{STEM.format(number=number)}</prompt>{choices}</choiceInteraction></itemBody><responseProcessing "
                'template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>',
            )


def speed(counts: list[int]) -> None:
    """A process a measure: reading alone, and a conversion to Moodle XML."""
    print("| items | source | work | seconds | peak memory |")
    print("| --- | --- | --- | --- | --- |")
    for count in counts:
        for name, ending, make in (
            ("QTI 1.2, one document", "xml", old_package),
            ("QTI 2.1, a package", "zip", new_package),
        ):
            with tempfile.TemporaryDirectory() as at:
                path = Path(at) / f"bank.{ending}"
                make(path, count)
                for work in ("read", "convert"):
                    called = [sys.executable, __file__, "--one", work, str(path)]
                    said = subprocess.run(called, capture_output=True, text=True, check=True).stdout.split()
                    print(
                        f"| {count:,} | {name} | {work} | {float(said[0]):.1f} s | {int(said[1]) >> 10} MB |",
                        flush=True,
                    )


def one(work: str, path: Path) -> None:
    started = time.process_time()
    if work == "read":
        for _ in readers.read_questions(path).bank.questions():
            pass
    else:
        convert.convert(path, "moodle-xml", path.parent / "made.xml")
    print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--by", choices=("system", "kind", "package"), default="system")
    parser.add_argument("--told", action="store_true")
    parser.add_argument("--round-trip", type=Path)
    parser.add_argument("--speed", type=int, nargs="*")
    parser.add_argument("--one", nargs=2)
    chosen = parser.parse_args()
    if chosen.one:
        one(chosen.one[0], Path(chosen.one[1]))
    elif chosen.speed is not None:
        speed(chosen.speed or [1_000, 10_000])
    elif chosen.round_trip:
        round_trip(chosen.round_trip, told=chosen.told)
    elif chosen.folder:
        trial(chosen.folder, told=chosen.told, by=chosen.by)
    else:
        parser.print_help()


if __name__ == "__main__":
    main()
