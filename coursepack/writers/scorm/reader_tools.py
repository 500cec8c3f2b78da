"""The tools of a reader (search, notes, figures, print, reading aloud, keys): their scripts, and what these say."""

from __future__ import annotations

import rjsmin

SCRIPTS = ("passages.js", "search.js", "notes.js", "tools.js", "aloud.js")

WORDS = {
    "addNote": "Add a note",
    "bookmark": "Bookmark",
    "copied": "Copied",
    "copy": "Copy",
    "editNote": "Edit",
    "enlarge": "Enlarge",
    "goOn": "Go on",
    "kind_b": "Bookmark",
    "kind_h": "Marked passage",
    "kind_n": "Note",
    "notCopied": "Not copied",
    "noteHere": "The learning system has no room left: this is kept in this browser only.",
    "noteOn": "Add a note to «{title}»",
    "notesElsewhere": "Kept in another browser, for the learning system had no room: {number}",
    "passageGone": "The words that were marked are not on this page any more.",
    "pause": "Pause",
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


def minified(script: bytes) -> bytes:
    """A script without comments and blanks; what begins with ``/*!`` (a licence) stays. The same bytes every time."""
    return rjsmin.jsmin(script.decode(), keep_bang_comments=True).encode() + b"\n"
