"""The RO-Crate metadata of a bag: JSON-LD for machines (RO-Crate 1.1; the payload folder is the crate's root)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from coursepack import visible
from coursepack.files import media
from coursepack.registrar import bag
from coursepack.registrar.edition import Build, Registered

_PROFILE = "https://w3id.org/ro/crate/1.1"

Entity = dict[str, Any]


def metadata(build: Build, registered: Registered, payload: Mapping[str, tuple[int, str]]) -> bytes:
    """ro-crate-metadata.json. ``payload`` maps a path in the bag to (bytes, SHA-512)."""
    files = [_file(build, path, size, digest) for path, (size, digest) in sorted(payload.items())]
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _PROFILE},
            "about": {"@id": "./"},
        },
        _root(build, registered, files),
        _course(build),
        *_people(build),
        _made(build, payload),
        {
            "@id": "#coursepack",
            "@type": "SoftwareApplication",
            "name": "coursepack",
            "softwareVersion": build.report.coursepack,
        },
        *files,
    ]
    crate = {"@context": f"{_PROFILE}/context", "@graph": graph}
    return visible.json(crate)


def _stated(entity: Entity) -> Entity:
    return {key: value for key, value in entity.items() if value not in (None, "", [], ())}


def _id(path: str) -> str:
    return quote(path.removeprefix(bag.PAYLOAD))


def _root(build: Build, registered: Registered, files: list[Entity]) -> Entity:
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
            "license": about.rights,
            "keywords": ", ".join(about.keywords),
            "version": about.revision,
            "publisher": {"@id": "#university"} if about.university else None,
            "about": {"@id": "#course"},
            "mentions": {"@id": "#build"},
            "hasPart": [{"@id": file["@id"]} for file in files],
        }
    )


def _course(build: Build) -> Entity:
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
            "educationalProgram": about.programme,
            "temporalCoverage": about.year,
            "provider": {"@id": "#university"} if about.university else None,
            "teaches": list(about.outcomes),
            "contributor": [{"@id": f"#teacher-{number}"} for number, _ in enumerate(about.teachers, 1)],
        }
    )


def _people(build: Build) -> list[Entity]:
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
        "@type": "CollegeOrUniversity",
        "name": about.university,
        "department": [{"@id": part["@id"]} for part in named],
    }
    return [_stated(university), *named, *teachers]


def _made(build: Build, payload: Mapping[str, tuple[int, str]]) -> Entity:
    return {
        "@id": "#build",
        "@type": "CreateAction",
        "name": f"coursepack {build.report.coursepack} build",
        "instrument": {"@id": "#coursepack"},
        "object": [{"@id": _id(path)} for path in sorted(payload) if path.startswith(bag.SOURCES)],
        "result": [{"@id": _id(path)} for path in sorted(payload) if path.startswith(bag.PRODUCTS)],
    }


def _file(build: Build, path: str, size: int, digest: str) -> Entity:
    formats = {bag.PRODUCTS + product.file: product.format for product in build.report.products}
    return _stated(
        {
            "@id": _id(path),
            "@type": "File",
            "name": path.rpartition("/")[2],
            "description": formats.get(path),
            "encodingFormat": media.named(path).type,
            "contentSize": str(size),
            "identifier": f"sha512:{digest}",
        }
    )
