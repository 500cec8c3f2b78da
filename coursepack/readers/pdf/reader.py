"""PDF with a text layer → ``Document`` of lines with geometry.

A larger gap than usual between two lines is given as blank lines, as a text file would show it. ``Line.text`` has a
tab where cells of a table part and keeps the hyphen at the end of a line as it is printed
(U+00AD where the file says that it is a soft one). Page numbers and running titles have a ``role`` and stay in place.

A few hundred bytes of PDF can ask for any amount of memory and time, so it is read in a process of its own
(``readers.pdf.document``), and only the ``Document`` comes back.
"""

from __future__ import annotations

from coursepack import isolated
from coursepack.files.hashes import sha256
from coursepack.model.document import Document
from coursepack.place import Place
from coursepack.readers import Reader

_READER = "coursepack.readers.pdf.document:document"


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The document in a PDF. Raises ``CoursepackError``: encrypted, damaged, a scan without text, beyond its budget
    (``pdf-…`` and ``child-…`` of limits.toml).
    """
    options: dict[str, str | int | None] = {"name": name, "sha256": sha256(data)}
    return isolated.call(_READER, data, Document, place=Place(name), budget=isolated.budget(), options=options)


reader = Reader(read=lambda file: read(file.name, file.data, encoding=file.encoding))
