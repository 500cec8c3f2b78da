"""Pictures at a size that a screen needs: a photograph of 12 megapixels travels as what anybody sees of it.

Only JPEG and PNG whose longer side is beyond the limit are made anew, by Pillow in a child process, and only where that
saves bytes. The kind stays, the turn that a camera states is carried out, and nothing else that a camera writes
(places, names, previews) is kept. What Pillow cannot read stays as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from coursepack import isolated
from coursepack.files import media
from coursepack.files.hashes import sha256
from coursepack.model.artifact import Assets
from coursepack.model.course import Course
from coursepack.model.course_json import decode, encode
from coursepack.place import CoursepackError, Finding, Place, note
from coursepack.render.picture_size import pixels
from coursepack.render.pictures_of import attached, pictures

_SCALE = f"{__name__}:scale"
_FORMATS = frozenset({"JPEG", "PNG"})
_MODES = frozenset({"L", "LA", "RGB", "RGBA"})
_QUALITY = 85
"""Of JPEG: what cameras and web editors take for photographs on a screen."""
_ASSET = re.compile(rb"[0-9a-f]{64}")
_DONE: dict[tuple[str, int], bytes] = {}
"""What was made in this run, by picture and side; empty: it stays as it is."""


def scaled(course: Course, assets: Assets, side: int) -> tuple[Course, Assets, list[Finding]]:
    """The course with pictures of at most ``side`` pixels (0: as they are), under new names, and what was saved."""
    if not side or not assets.data:
        return course, assets, []
    large = [key for key in sorted(pictures(course)) if _is_large(assets.data.get(key, b""), side)]
    raw = {each.asset for each in attached(course)}
    made = dict(_made(assets, [key for key in large if key not in raw], side))
    if not made:
        return course, assets, []
    names = {key.encode(): sha256(data).encode() for key, data in made.items()}
    changed = decode(_ASSET.sub(lambda found: names.get(found[0], found[0]), encode(course)))
    data = {key: each for key, each in assets.data.items() if key not in made}
    data |= {sha256(each): each for each in made.values()}
    before, after = sum(len(assets.data[key]) for key in made), sum(map(len, made.values()))
    many = "1 picture" if len(made) == 1 else f"{len(made)} pictures"
    message = f"{many} made smaller for screens, {side} pixels at most: {before} bytes became {after}"
    return changed, Assets(data), [note("pictures-scaled", message, None, "[pictures] side = 0 keeps their size")]


def _is_large(data: bytes, side: int) -> bool:
    kind, size = media.picture(data), pixels(data)
    return kind is not None and kind.name.upper() in _FORMATS and size is not None and max(size) > side


def _made(assets: Assets, keys: list[str], side: int) -> Iterator[tuple[str, bytes]]:
    with isolated.Worker(isolated.budget()) as worker:
        for key in keys:
            if (key, side) not in _DONE:
                _DONE[key, side] = _asked(worker, assets.data[key], side)
            if made := _DONE[key, side]:
                yield key, made


def _asked(worker: isolated.Worker, data: bytes, side: int) -> bytes:
    try:
        made = worker.ask(_SCALE, data, bytes, place=Place("picture"), options={"side": side})
    except CoursepackError:  # damaged, or larger than memory: a browser may still show it
        return b""
    return made if len(made) < len(data) else b""


def scale(payload: bytes, *, side: int) -> bytes:
    """The child's part: the picture smaller, empty where it is of a kind that would lose by it."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(payload), formats=sorted(_FORMATS)) as found:
        form = found.format
        if form is None or getattr(found, "n_frames", 1) > 1:
            return b""
        found.draft(None, (side, side))  # a JPEG is decoded at a size near the one that is wanted
        turned = ImageOps.exif_transpose(found)
        if turned.mode not in _MODES:
            return b""
        turned.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        profile = found.info.get("icc_profile")
        turned.info.clear()
        turned.save(out, form, quality=_QUALITY, optimize=True, icc_profile=profile)
        return out.getvalue()
