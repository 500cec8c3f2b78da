"""Common Cartridge 1.1 and 1.3: one writer and one table of differences.

Sources: IMS Common Cartridge Profile 1.1 (2011) and 1.3 (2013), «Content Packaging»; what readers do with it decides
the rest: the first folder is section 0 in Moodle, so week n is section n; no folder inside a week; every page, topic
and assessment is one item with a title; identifiers come from the course's structure (Canvas updates by them).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import msgspec
from lxml import etree

from coursepack.contents import ContentNode, contents
from coursepack.files.member import Member
from coursepack.ims import lom, packaging, profiles
from coursepack.ims.packaging import Item, Resource
from coursepack.ims.profiles import Profile
from coursepack.ims.qti import Dialect
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.course import Course
from coursepack.place import Finding, note, warning
from coursepack.writers import Context, Writer, cut
from coursepack.writers.cartridge.parts import CartridgeParts, CartridgeVersion
from coursepack.writers.cartridge.teacher import teacher_tree

CC11 = CartridgeVersion(
    name="cc11",
    profile=profiles.CC11,
    dialect=Dialect(partial=False, also="No", files_everywhere=False),
    moodle=True,
    filebase="$IMS-CC-FILEBASE$",
    assignments=False,
)
CC13 = CartridgeVersion(
    name="cc13",
    profile=profiles.CC13,
    dialect=Dialect(partial=True, also="Yes", files_everywhere=True),
    moodle=False,
    filebase="$IMS-CC-FILEBASE$/",
    assignments=True,
)
LAYERS = ("container", "cartridge")
SHORT_NAME_BYTES = 94
"""Moodle makes a course's short name of so many bytes of its title, even if that cuts a letter in two."""


class CartridgeOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[cartridge]``: a lecture is one page, or a page a section; for whom the cartridge is."""

    pages: Literal["lecture", "section"] = "lecture"
    audience: Literal["student", "teacher", "both"] = "student"


def _options(context: Context) -> CartridgeOptions:
    return context.options if isinstance(context.options, CartridgeOptions) else CartridgeOptions()


def write(version: CartridgeVersion, course: Course, context: Context) -> Written:
    """The cartridges of a course: for students, for teachers, or both, as the options say."""
    options = _options(context)
    artifacts: list[Artifact] = []
    findings: list[Finding] = []
    if options.audience in {"student", "both"}:
        made, reported = _cartridge(version, course, context, contents(course), teacher=False)
        artifacts.append(made)
        findings += reported
    if options.audience in {"teacher", "both"}:
        tree = teacher_tree(course)
        if tree.children:
            made, reported = _cartridge(version, course, context, tree, teacher=True)
            artifacts.append(made)
            findings += [found for found in reported if found not in findings]
        else:
            stated = "there are no keys or notes for the teacher: no teacher's cartridge is written"
            findings.append(note("cc-nothing-for-teachers", stated))
    return Written(tuple(artifacts), tuple(findings))


def _cartridge(
    version: CartridgeVersion, course: Course, context: Context, tree: ContentNode, *, teacher: bool
) -> tuple[Artifact, list[Finding]]:
    parts = CartridgeParts(version, course, context, pages=_options(context).pages, teacher=teacher)
    folders = [_folder(parts, node) for node in tree.children]
    items = tuple(folder for folder in folders if folder is not None)
    title = course.title
    if teacher:
        title = f"{title}. {words(course.language, 'cartridge')('For teachers')}"
    title = _course_title(title, version, parts.findings)
    name = f"{course.id}-{version.name}" + ("-teacher" if teacher else "")
    root = _manifest(version.profile, name, title, course, items, parts.resources)
    members = (Member(packaging.MANIFEST, packaging.serialize(root)), *parts.members.values())
    artifact = Artifact(
        name=f"{name}.imscc",
        format=version.name,
        members=members,
        layers=LAYERS,
        audience="teacher" if teacher else "student",
        title=title,
    )
    return artifact, [*parts.findings, *parts.carried()]


def _folder(parts: CartridgeParts, node: ContentNode) -> Item | None:
    """A folder of the organization; an empty one only where it is a week of the course."""
    children = [item for child in node.children for item in parts.items(child)]
    if node.id == "about":
        children += parts.declared_links()
    if not children and node.kind != "week":
        return None
    return Item(identifier=f"item_{node.id}", title=parts.title(node.title, node.id), children=tuple(children))


def _manifest(
    profile: Profile,
    identifier: str,
    title: str,
    course: Course,
    items: tuple[Item, ...],
    resources: Iterable[Resource],
) -> etree._Element:
    cp = f"{{{profile.cp}}}"
    # The content packaging namespace is the default one and stands first: Moodle looks for it in the first 1,024 bytes.
    namespaces: dict[str, str] = {
        None: profile.cp,  # type: ignore[dict-item]  # the stubs know no default prefix
        "lomimscc": profile.lom_manifest,
        "lom": profile.lom_resource,
    }
    root = etree.Element(f"{cp}manifest", {"identifier": identifier}, nsmap=namespaces)
    metadata = etree.SubElement(root, f"{cp}metadata")
    etree.SubElement(metadata, f"{cp}schema").text = "IMS Common Cartridge"
    etree.SubElement(metadata, f"{cp}schemaversion").text = profile.schemaversion
    lom.describe(etree.SubElement(metadata, f"{{{profile.lom_manifest}}}lom"), course, title=title)
    organizations = etree.SubElement(root, f"{cp}organizations")
    if items:
        organization = etree.SubElement(
            organizations, f"{cp}organization", {"identifier": "organization", "structure": "rooted-hierarchy"}
        )
        packaging.add_item(organization, profile.cp, Item(identifier="root", children=items))
    holder = etree.SubElement(root, f"{cp}resources")
    for resource in resources:
        packaging.add_resource(holder, profile.cp, resource)
    return root


def _course_title(title: str, version: CartridgeVersion, findings: list[Finding]) -> str:
    """The title of the course as the reader can take it."""
    made = cut(title, 255)
    if version.moodle:
        made = made.replace("<", "‹").replace(">", "›")
        short = made.upper().replace(" ", "").encode()
        if _cuts_a_letter(short):
            # An empty short name would be worse than a short full one.
            limit = len(short[:SHORT_NAME_BYTES].decode(errors="ignore"))
            while _cuts_a_letter(cut(made, limit).upper().replace(" ", "").encode()):
                limit -= 1
            made = cut(made, limit)
    if made != " ".join(title.split()):
        findings.append(
            warning("cc-course-title", f"the course's title is written as {made!r}", advice="shorten it in course.toml")
        )
    return made


def _cuts_a_letter(short: bytes) -> bool:
    return len(short) > SHORT_NAME_BYTES and short[SHORT_NAME_BYTES] & 0xC0 == 0x80


# --- questions without a course -----------------------------------------------------------------------------------


def write_bank(version: CartridgeVersion, bank: Bank, context: Context) -> Written:
    """A cartridge with a question bank alone; the questions stream through."""
    course = Course(id=bank.id, title=bank.title, language=bank.language)
    parts = CartridgeParts(version, course, context, teacher=True)
    parts.bank("bank", bank.questions(), keys=True)
    if not parts.resources:
        parts.findings.append(warning("cc-bank-empty", "there is no question to write"))
    title = _course_title(bank.title, version, parts.findings)
    root = _manifest(version.profile, f"{bank.id}-{version.name}", title, course, (), parts.resources)
    members = (Member(packaging.MANIFEST, packaging.serialize(root)), *parts.members.values())
    artifact = Artifact(f"{bank.id}-{version.name}.imscc", version.name, members, LAYERS, title=title)
    return Written((replace(artifact, audience="teacher"),), (*parts.findings, *parts.carried()))


def _writer(version: CartridgeVersion, summary: str) -> Writer:
    return Writer(
        name=version.name,
        summary=summary,
        write=lambda course, context: write(version, course, context),
        table="cartridge",
        options=CartridgeOptions,
        write_bank=lambda bank, context: write_bank(version, bank, context),
    )


cc11 = _writer(CC11, "Common Cartridge 1.1, for Moodle and any LMS")
cc13 = _writer(CC13, "Common Cartridge 1.3, for Canvas, Blackboard, Brightspace, Open edX")
