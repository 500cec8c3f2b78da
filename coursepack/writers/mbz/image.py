"""The course's picture: a pattern in the colours that its title gives, the same for the same title."""

from __future__ import annotations

import hashlib
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from coursepack.files import media
from coursepack.writers.mbz.backup import Backup
from coursepack.writers.mbz.pool import FileArea

WIDTH, HEIGHT, CELL = 720, 300, 60
NAME = "course.png"


def draw(backup: Backup) -> None:
    """Puts the picture where Moodle looks for a course's own."""
    area = FileArea(backup.course_context, "course", "overviewfiles")
    backup.pool.add(backup.new_id(), area, NAME, media.named(NAME).type, picture(backup.course.title))


def picture(title: str) -> bytes:
    """A PNG: triangles of four shades of one colour."""
    seed = hashlib.sha256(title.encode()).digest()
    result = Image.new("P", (WIDTH, HEIGHT), 0)
    shades = (ImageColor.getrgb(f"hsl({_hue(seed)}, 45%, {light}%)") for light in (32, 38, 44, 50))
    result.putpalette([value for shade in shades for value in shade])
    pen = ImageDraw.Draw(result)
    columns = WIDTH // CELL
    for number in range(columns * (HEIGHT // CELL)):
        x, y = number % columns * CELL, number // columns * CELL
        bits = seed[1 + number % 31] >> (number % 3)
        corners = [(x, y), (x + CELL, y), (x + CELL, y + CELL), (x, y + CELL)]
        pen.polygon(corners, fill=bits % 4)
        pen.polygon([corner for at, corner in enumerate(corners) if at != bits // 4 % 4], fill=bits // 16 % 4)
    data = BytesIO()
    result.save(data, "PNG", compress_level=0)  # compressed bytes would depend on the zlib that Pillow brings
    return data.getvalue()


def _hue(seed: bytes) -> int:
    return seed[0] * 360 // 256
