"""The pages of a course that no source prints as they stand, as blocks: the syllabus, a class, a task, a reading.

A cartridge, a SCORM package and a Moodle course show the same pages; only what a source or an author said is there,
an empty part is left out with its heading. Their fixed words are the locale domain ``pages``.
"""

from coursepack.languages.catalogues import Words, words

DOMAIN = "pages"


def spoken(language: str) -> Words:
    """The fixed words of these pages."""
    return words(language, DOMAIN)
