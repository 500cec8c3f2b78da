"""A package: the items of a bank, the test that orders them in sections, the manifest that names every file.

Sources: IMS QTI 2.1, 2.2 and 1EdTech QTI 3.0, «Content Packaging» / «Packaging». Items, test and manifest are written
in one pass and kept deflated, so that a bank of thousands needs little memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lxml import etree

from coursepack.files import media
from coursepack.files.member import Member
from coursepack.ims import packaging
from coursepack.ims.asi import XSI, QtiVersion
from coursepack.ims.asi_html import AsiHtml
from coursepack.ims.packaging import Resource
from coursepack.languages.catalogues import Words
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Media
from coursepack.place import Finding, warning
from coursepack.text.tagged import level_of
from coursepack.writers.qti import metadata, styles
from coursepack.writers.qti.items import STYLES, ItemWriter
from coursepack.writers.qti.test import TEST, QtiTest, item_path
from coursepack.writers.question_bank import BankItem, Category, Entry
from coursepack.writers.spool import CompressedSpool

Element = etree._Element

WEBCONTENT = "webcontent"
_ABOVE = "../"
"""What leads from an item to the root of its package."""


@dataclass
class PackageWriter:
    """Entries → the members of one package; ``lom`` says what is known of the whole, ``tool`` is our version."""

    version: QtiVersion
    name: str
    title: str
    language: str
    assets: Assets
    say: Words
    lom: Element
    tool: str = ""
    findings: list[Finding] = field(default_factory=list)
    questions: int = 0
    _members: list[Member] = field(default_factory=list)
    _shared: dict[str, tuple[Resource, Member]] = field(default_factory=dict)
    _used: dict[str, None] = field(default_factory=dict)
    _classes: set[str] = field(default_factory=set)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.html = AsiHtml(self.version, address=self._picture, file=self._attached)
        self.items = ItemWriter(self.version, self.html, self.say, self.language, self.findings)

    def packaged(self, entries: Iterable[Entry]) -> tuple[Member, ...]:
        """The members, the manifest first."""
        manifest, test = CompressedSpool(), CompressedSpool()
        with etree.xmlfile(manifest, encoding="UTF-8") as file, etree.xmlfile(test, encoding="UTF-8") as tests:
            self._in_one_pass(entries, file, tests)
        manifest.close()
        test.close()
        ours = (Member(packaging.MANIFEST, manifest.chunks), Member(TEST, test.chunks))
        return (*ours, *self._members, *(member for _, member in self._shared.values()))

    def _in_one_pass(self, entries: Iterable[Entry], file: Any, tests: Any) -> None:
        cp, resources = self.version.package, list[str]()
        test = QtiTest(self.version, tests, self.html, identifier=self.name, title=self.title)
        file.write_declaration()
        named = {"identifier": f"manifest-{self.name}"}
        named[f"{{{XSI}}}schemaLocation"] = f"{cp} {self.version.packaging}"
        with file.element(f"{{{cp}}}manifest", named, nsmap=_default(cp) | {"xsi": XSI}):
            file.write(self._about(), pretty_print=True)
            file.write(etree.Element(f"{{{cp}}}organizations", nsmap=_default(cp)), pretty_print=True)
            with file.element(f"{{{cp}}}resources"):
                for entry in entries:
                    if isinstance(entry, Category):
                        test.sections.category(entry)
                        continue
                    identifier, resource = self._item(entry)
                    resources.append(resource.identifier)
                    test.sections.item(identifier, level_of(entry.tags), counts=entry.question.mark != 0)
                    file.write(self._resource(resource), pretty_print=True)
                for resource in self._last(resources):
                    file.write(self._resource(resource), pretty_print=True)
        test.close()

    def _about(self) -> Element:
        cp, version = self.version.package, self.version
        about = etree.Element(f"{{{cp}}}metadata", nsmap=_default(cp))
        etree.SubElement(about, f"{{{cp}}}schema").text = version.schema_name
        etree.SubElement(about, f"{{{cp}}}schemaversion").text = version.schema_version
        about.append(self.lom)
        return about

    def _resource(self, resource: Resource) -> Element:
        cp = self.version.package
        holder = etree.Element(f"{{{cp}}}resources", nsmap=_default(cp))
        return packaging.add_resource(holder, cp, resource)

    # --- items

    def _item(self, entry: BankItem) -> tuple[str, Resource]:
        """The member of an item; its identifier in the test, its resource in the manifest."""
        self._used.clear()
        result = self.items.item(entry, self.tool)
        identifier = self._identifier(entry)
        result.element.set("identifier", identifier)
        if self.html.classes:
            self._classes |= self.html.classes
            self._used["styles"] = None
        self.questions += 1
        path = item_path(identifier)
        data = etree.tostring(result.element, xml_declaration=True, encoding="UTF-8")
        self._members.append(Member(path, partial(_unpacked, zlib.compress(data, 1))))
        resource = Resource(
            identifier=f"item-{identifier}",
            type=self.version.item,
            files=(path,),
            href=path,
            dependencies=tuple(self._used),
            metadata=metadata.of_item(entry, result, self.version, self.language),
        )
        return identifier, resource

    def _identifier(self, entry: BankItem) -> str:
        wanted, number = entry.question.id, 1
        found = wanted
        while found in self._names:
            number += 1
            found = f"{wanted}-{number}"
        if found != wanted:
            reported = f"question {wanted} is there {number} times: an item is called by its id and a number"
            self.findings.append(warning("qti-id-twice", reported, entry.question.place))
        self._names.add(found)
        return found

    # --- what items share

    def _last(self, items: list[str]) -> Iterator[Resource]:
        if self._classes:
            path = STYLES.removeprefix(_ABOVE)
            resource = Resource(identifier="styles", type=WEBCONTENT, files=(path,), href=path)
            self._shared["styles"] = resource, Member(path, styles.sheet(self._classes))
        yield from (resource for resource, _ in self._shared.values())
        yield Resource(
            identifier=f"test-{self.name}",
            type=self.version.test,
            files=(TEST,),
            href=TEST,
            dependencies=tuple(items),
        )

    def _picture(self, asset: str) -> str:
        """The address of a picture, a resource of its own; empty when no document brought it."""
        name = f"picture-{asset[:16]}"
        if name not in self._shared:
            try:
                data = self.assets.read(asset)
            except KeyError:
                self._missing("picture", f"no document brought the picture {asset[:16]}…; its text stands there")
                return ""
            self._share(name, f"media/{name}{(media.picture(data) or media.UNKNOWN).endings[0]}", data)
        return self._address(name)

    def _attached(self, block: Media) -> str | None:
        """The address of an attached file; None when no document brought it."""
        ending = media.kept_ending(block.name)
        name = f"file-{block.asset[:16]}-{ending[1:]}"
        if name not in self._shared:
            try:
                data = self.assets.file(block.asset)
            except KeyError:
                self._missing("file", f"no document brought the file {block.name!r}; its name stands there")
                return None
            self._share(name, f"media/file-{block.asset[:16]}{ending}", data)
        return self._address(name)

    def _share(self, name: str, path: str, data: bytes) -> None:
        resource = Resource(identifier=name, type=WEBCONTENT, files=(path,), href=path)
        self._shared[name] = resource, Member(path, data)

    def _address(self, name: str) -> str:
        self._used[name] = None
        return f"{_ABOVE}{self._shared[name][1].path}"

    def _missing(self, code: str, message: str) -> None:
        reported = warning(f"qti-{code}-missing", message)
        if reported not in self.findings:
            self.findings.append(reported)


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield zlib.decompress(data)


def _default(namespace: str) -> dict[str, str]:
    return {None: namespace}  # type: ignore[dict-item]  # the stubs know no default prefix
