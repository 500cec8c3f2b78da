"""A draft of course.toml from the documents themselves: what each seems to be, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursepack import visible
from coursepack.languages import assumed
from coursepack.model.document import Document
from coursepack.text.latin import slug


@dataclass
class Draft:
    """``data`` is what course.toml would say; ``reasons`` why each file got its role; ``text`` the commented file."""

    data: dict[str, Any]
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        lines = [
            "# Drafted from the documents; look at every line, then build.",
            f"id = {visible.toml(self.data['id'])} # names the output; keep it for good: LMSs know the course by it",
            f"title = {visible.toml(self.data['title'])}",
            f"language = {visible.toml(self.data['language'])} # kk, ru or en",
        ]
        for source in self.data["source"]:
            reason = self.reasons.get(source["file"], "")
            lines += ["", "[[source]]", f"file = {visible.toml(source['file'])}"]
            lines += [f"role = {visible.toml(source['role'])}" + (f" # {visible.line(reason)}" if reason else "")]
        lines += [
            "",
            "# What no document says stays blank in printed papers. Declare it here:",
            "# [about]",
            '# code = "SB 3208"',
            "# credits = 5",
            '# department = "…"',
            '# teachers = [{ name = "…", post = "…" }]',
            "",
            "# [exam]",
            '# release = "list" # or "practice", "teacher-only": what students may see of the exam questions',
            "",
        ]
        return "\n".join(lines)


def draft(name: str, files: Sequence[tuple[Path, Document | None]]) -> Draft:
    """A draft for a folder called ``name``; a question file comes without a document."""
    from coursepack.outline.guess import guess_role, guess_title, main_language

    sources: list[dict[str, Any]] = []
    reasons: dict[str, str] = {}
    languages: Counter[str] = Counter()
    titles: list[str] = []
    for path, document in files:
        if document is None:
            role, reason = "questions", f"a question file ({path.suffix.lower()})"
        else:
            role, reason = guess_role(document)
            language, weight = main_language(document)
            languages[language] += weight
            title = guess_title(document)
            if title:
                titles.append(title)
        sources.append({"file": path.name, "role": role})
        reasons[path.name] = reason
    title = Counter(titles).most_common(1)[0][0] if titles else visible.line(name)
    language = max(languages, key=lambda key: (languages[key], key)) if languages else assumed()
    data = {"id": slug(title), "title": title, "language": language, "source": sources}
    return Draft(data, reasons)
