"""The RO-Crate metadata of a bag: JSON-LD for machines (RO-Crate 1.2; the payload folder is the crate's root)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from coursepack import visible
from coursepack.files import media
from coursepack.registrar import bag
from coursepack.registrar.edition import BuildFolder, Registered
from coursepack.registrar.pronom import Format

_PROFILE = "https://w3id.org/ro/crate/1.2"

Entity = dict[str, Any]


def metadata(
    build: BuildFolder,
    registered: Registered,
    payload: Mapping[str, tuple[int, str]],
    formats: Mapping[str, Format | None],
) -> bytes:
    """ro-crate-metadata.json. ``payload`` maps a path in the bag to (bytes, SHA-512), ``formats`` to its format."""
    files = [_file(build, path, size, digest, formats.get(path)) for path, (size, digest) in sorted(payload.items())]
    known = {one.puid: one for one in formats.values() if one}
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _PROFILE},
            "about": {"@id": "./"},
        },
        _root(build, registered, files),
        _course(build),
        *_programme(build),
        *_people(build),
        _made(build, payload),
        # RO-Crate 1.2 asks a SoftwareApplication for an address on the web; nobody stated one.
        {"@id": "#coursepack", "@type": "CreativeWork", "name": "coursepack", "version": build.report.coursepack},
        *_licence(build),
        *files,
        *(_format(known[puid]) for puid in sorted(known)),
    ]
    crate = {"@context": f"{_PROFILE}/context", "@graph": graph}
    return visible.json(crate)


def _stated(entity: Entity) -> Entity:
    """What is said of it; a list of one is the one (RO-Crate 1.2, «JSON-LD»)."""
    found = {key: value for key, value in entity.items() if value not in (None, "", [], ())}
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 and key != "hasPart" else value
        for key, value in found.items()
    }


def _id(path: str) -> str:
    """The path as an IRI: letters of any script stand as they are (RFC 3987)."""
    return "".join(one if ord(one) > 127 else quote(one) for one in path.removeprefix(bag.PAYLOAD))


def _licence(build: BuildFolder) -> list[Entity]:
    rights = build.course.about.rights
    found = _licence_id(rights)
    return [{"@id": found, "@type": "CreativeWork", "name": rights, "description": rights}] if found else []


def _licence_id(rights: str | None) -> str | None:
    if not rights:
        return None
    return rights if rights.startswith(("https://", "http://")) and " " not in rights else "#rights"


def _root(build: BuildFolder, registered: Registered, files: list[Entity]) -> Entity:
    course, about = build.course, build.course.about
    return _stated(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": course.title,
            "description": f"{course.title}: sources, course model and products",
            "datePublished": registered.date,
            "identifier": f"{course.id} {course.language}",
            "inLanguage": course.language,
            "license": {"@id": _licence_id(about.rights)} if about.rights else None,
            "keywords": ", ".join(about.keywords),
            "version": about.revision,
            "publisher": {"@id": "#university"} if about.university else None,
            "about": {"@id": "#course"},
            "mentions": {"@id": "#build"},
            "hasPart": [{"@id": file["@id"]} for file in files],
        }
    )


def _course(build: BuildFolder) -> Entity:
    course, about = build.course, build.course.about
    return _stated(
        {
            "@id": "#course",
            "@type": "Course",
            "name": course.title,
            "identifier": course.id,
            "courseCode": about.code,
            "inLanguage": course.language,
            "numberOfCredits": about.credits,
            "isPartOf": {"@id": "#programme"} if about.programme else None,
            "temporalCoverage": about.year,
            "provider": {"@id": "#university"} if about.university else None,
            "teaches": list(about.outcomes),
            "contributor": [{"@id": f"#teacher-{number}"} for number, _ in enumerate(about.teachers, 1)],
        }
    )


def _programme(build: BuildFolder) -> list[Entity]:
    name = build.course.about.programme
    if not name:
        return []
    kind = "EducationalOccupationalProgram"
    return [{"@id": "#programme", "@type": kind, "name": name, "hasCourse": {"@id": "#course"}}]


def _people(build: BuildFolder) -> list[Entity]:
    about = build.course.about
    teachers = [
        _stated({"@id": f"#teacher-{number}", "@type": "Person", "name": one.name, "jobTitle": one.post})
        for number, one in enumerate(about.teachers, 1)
    ]
    if not about.university:
        return teachers
    parts = [_stated({"@type": "Organization", "name": name}) for name in (about.faculty, about.department) if name]
    named = [{"@id": f"#department-{number}", **part} for number, part in enumerate(parts, 1)]
    university = {
        "@id": "#university",
        "@type": ["Organization", "CollegeOrUniversity"],
        "name": about.university,
        "department": [{"@id": part["@id"]} for part in named],
    }
    return [_stated(university), *named, *teachers]


def _made(build: BuildFolder, payload: Mapping[str, tuple[int, str]]) -> Entity:
    return {
        "@id": "#build",
        "@type": "CreateAction",
        "name": f"coursepack {build.report.coursepack} build",
        "instrument": {"@id": "#coursepack"},
        "object": [{"@id": _id(path)} for path in sorted(payload) if path.startswith(bag.SOURCES)],
        "result": [{"@id": _id(path)} for path in sorted(payload) if path.startswith(bag.PRODUCTS)],
    }


_DESCRIPTIONS = {
    bag.MODEL: "the course as it was understood",
    bag.REPORT: "report of the build",
    bag.PREMIS: "preservation metadata (PREMIS 3)",
}
_FOLDERS = {
    bag.SOURCES: "source of the course",
    bag.TEMPLATES: "template of the department",
    bag.PRODUCTS: "signature or time stamp of a product",
    bag.PAYLOAD: "picture or attached file of the course",
}


def _of_folder(path: str) -> str:
    return next(text for folder, text in _FOLDERS.items() if path.startswith(folder))


_PRONOM = "https://www.nationalarchives.gov.uk/PRONOM/"


def _format(one: Format) -> Entity:
    """A format as RO-Crate describes it (1.2, «Adding detailed descriptions of encodings»)."""
    return {"@id": _PRONOM + one.puid, "@type": ["WebPage", "Standard"], "name": f"{one.name} {one.version}".strip()}


def _file(build: BuildFolder, path: str, size: int, digest: str, form: Format | None) -> Entity:
    formats = {bag.PRODUCTS + product.file: product.format for product in build.report.products}
    return _stated(
        {
            "@id": _id(path),
            "@type": "File",
            "name": path.rpartition("/")[2],
            "description": formats.get(path) or _DESCRIPTIONS.get(path) or _of_folder(path),
            "encodingFormat": [media.named(path).type, *([{"@id": _PRONOM + form.puid}] if form else [])],
            "contentSize": str(size),
            "identifier": f"sha512:{digest}",
        }
    )
