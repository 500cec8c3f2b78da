"""What can be read in a PDF: its text and the files attached to it. Runs in a child (``coursepack.isolated``)."""

from __future__ import annotations

import pypdfium2

from coursepack.place import CoursepackError


def inside(payload: bytes) -> list[tuple[str, bytes]]:
    """(name, bytes) of the text, called «», and of each attached file. Raises ``CoursepackError``."""
    try:
        document = pypdfium2.PdfDocument(payload)
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
        attached = [document.get_attachment(number) for number in range(document.count_attachments())]
        return [("", text.encode("utf-8", "replace")), *((one.get_name(), bytes(one.get_data())) for one in attached)]
    except pypdfium2.PdfiumError as problem:
        raise CoursepackError(f"cannot be read as a PDF: {problem}") from None
