"""Large pictures are made smaller, once and always alike; all others stay as they are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from coursepack import build, discovery
from coursepack.files.hashes import sha256
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Figure, Media
from coursepack.model.course import Course, Session, Week
from coursepack.render.picture_size import pixels
from coursepack.render.pictures_of import pictures
from coursepack.render.scaling import scaled
from tests.samples import PNG


def photo(size: tuple[int, int], form: str = "JPEG", mode: str = "RGB", turn: int = 0) -> bytes:
    """A picture with so much in it that a smaller one has fewer bytes: its left half red."""
    noise = Image.effect_noise(size, 60).convert(mode)

    noise.paste((255, 0, 0) if mode == "RGB" else 0, (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken in a secret place"
    if turn:
        exif[0x0112] = turn
    noise.save(out, form, exif=exif, **({"quality": 95} if form == "JPEG" else {}))
    return out.getvalue()


def course(*assets: bytes, media_type: str = "image/jpeg") -> tuple[Course, Assets]:
    blocks = tuple(Figure(asset=sha256(data), media_type=media_type, alt="a", width=300) for data in assets)
    session = Session(id="w01-lecture", kind="lecture", number=1, title="T", blocks=blocks)
    made = Course(id="c", title="C", language="en", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    return made, Assets({sha256(data): data for data in assets})


def sizes(assets: Assets) -> list[tuple[int, int]]:
    return sorted((pixels(data) or (0, 0)) for data in assets.data.values())


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_picture_is_made_smaller_and_nothing_else_of_the_course_changes(form: str) -> None:
    large, small = photo((1200, 800), form), photo((300, 200), form)
    before, assets = course(large, small)
    after, held, told = scaled(before, assets, 600)
    assert sizes(held) == [(300, 200), (600, 400)]
    assert sha256(small) in held.data
    assert set(pictures(after)) == set(held.data)
    assert all(sha256(data) == key for key, data in held.data.items())
    (_, session), (_, old) = (*after.sessions(),)[0], (*before.sessions(),)[0]
    assert [(b.alt, b.width, b.media_type) for b in session.blocks if isinstance(b, Figure)] == [
        (b.alt, b.width, b.media_type) for b in old.blocks if isinstance(b, Figure)
    ]
    made = next(data for key, data in held.data.items() if key != sha256(small))
    assert (made[:3] == large[:3], len(made) < len(large), b"secret" in made) == (True, True, False)
    assert [each.message for each in told] == [
        f"1 picture made smaller for screens, 600 pixels at most: {len(large)} bytes became {len(made)}"
    ]


def test_the_turn_of_a_camera_is_carried_out() -> None:
    _, held, _ = scaled(*course(photo((1200, 800), turn=6)), 600)
    (data,) = held.data.values()
    assert pixels(data) == (400, 600)
    with Image.open(io.BytesIO(data)) as found:
        above, below = (found.convert("RGB").resize((1, 2)).crop((0, y, 1, y + 1)).tobytes() for y in (0, 1))
        assert (above[0] > 200, above[2] < 80, below[0] < 200) == (True, True, True)  # the left half is above now
        assert 0x0112 not in found.getexif()


def test_it_is_the_same_every_time() -> None:
    from coursepack.render import scaling

    before, assets = course(photo((1200, 800), "PNG", "L"))
    first = scaled(before, assets, 600)[1]
    scaling._DONE.clear()
    assert scaled(before, assets, 600)[1].data == first.data
    assert sizes(first) == [(600, 400)]


def _animated() -> bytes:
    frames = [Image.new("RGB", (900, 10), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        photo((1200, 800))[:4000],  # cut short
        photo((1200, 800), "JPEG", "L")[:300] + b"\xff" * 500,
        _animated(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x7f\xff\0\0\x7f\xff\x08\x06\0\0\0....",  # a bomb: a gigapixel in its head
        Image.new("RGB", (4, 4)).tobytes(),
    ],
)
def test_what_would_lose_by_it_or_cannot_be_read_stays(data: bytes) -> None:
    made, assets = course(data)
    assert scaled(made, assets, 600) == (made, assets, [])


def test_attached_files_and_a_side_of_0_keep_every_byte() -> None:
    data = photo((1200, 800))
    made, assets = course(data)
    assert scaled(made, assets, 0) == (made, assets, [])
    session = Session(
        id="w01-lecture",
        kind="lecture",
        blocks=(
            Media(asset=sha256(data), media_type="image/jpeg", name="a.jpg"),
            Figure(asset=sha256(data), media_type="image/jpeg"),
        ),
    )
    both = Course(id="c", title="C", language="en", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    assert scaled(both, assets, 600) == (both, assets, [])


@pytest.mark.parametrize(("more", "size"), [("", (1920, 960)), ("[pictures]\nside = 0\n", (2400, 1200))])
def test_course_toml_decides(tmp_path: Path, more: str, size: tuple[int, int]) -> None:
    (tmp_path / "a.jpg").write_bytes(photo((2400, 1200)))
    (tmp_path / "a.md").write_text("# Lecture 1. Cells\n\nCells are small.\n\n![cell](a.jpg)\n", "utf-8")
    head = 'id = "c"\ntitle = "C"\nlanguage = "en"\n[[source]]\nfile = "a.md"\nrole = "lecture"\n'
    (tmp_path / "course.toml").write_text(head + more, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    assert sizes(build.understand(loaded).assets) == [size]
