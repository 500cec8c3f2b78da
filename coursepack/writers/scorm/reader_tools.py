"""The tools of a reader (search, notes, figures, print, reading aloud, keys): their scripts, and what these say."""

from __future__ import annotations

from functools import cache

import minify

from coursepack.place import CoursepackError

SCRIPTS = ("passages.js", "search.js", "notes.js", "tools.js", "print.js", "aloud.js")

WORDS = {
    "addNote": "Add a note",
    "bookmark": "Bookmark",
    "copied": "Copied",
    "copy": "Copy",
    "editNote": "Edit",
    "ended": "read to the end",
    "enlarge": "Enlarge",
    "goOn": "Go on",
    "kind_b": "Bookmark",
    "kind_h": "Marked passage",
    "kind_n": "Note",
    "notCopied": "Not copied",
    "left": "about {minutes} min left",
    "noteHere": "The learning system has no room left: this is kept in this browser only.",
    "noteOn": "Add a note to «{title}»",
    "notesElsewhere": "Kept in another browser, for the learning system had no room: {number}",
    "passageGone": "The words that were marked are not on this page any more.",
    "pause": "Pause",
    "places": "Places in this text, by their first words",
    "readAloud": "Read aloud",
    "removeNote": "Remove",
    "searchBeginning": "By the beginnings of words: {words}.",
    "searchElsewhere": "In «{title}»: open it from the list of the learning system.",
    "searchFailed": "The search could not be opened.",
    "searchFound": "Found: {number}.",
    "searchLoading": "The search is being opened…",
    "searchNothing": "Nothing was found.",
    "searchShown": "The first {number} are shown.",
    "sections": "Sections of this page",
}


@cache
def minified(script: bytes) -> bytes:
    """A script without comments and blanks, its local names cut short; the same bytes every time.

    Raises ``CoursepackError`` for one that is no JavaScript.
    """
    try:
        short: str = minify.string("application/javascript", script.decode())
        return short.encode() + b"\n"
    except (minify.MinifyError, UnicodeDecodeError) as problem:
        raise CoursepackError(f"a script of the pages is no JavaScript: {problem}") from None
