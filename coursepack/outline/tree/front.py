"""What a title page, a head or a contact section says of the course: by labels, and by the form of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursepack import languages
from coursepack.outline.about import Heard
from coursepack.outline.drafts import Draft
from coursepack.outline.found import Source
from coursepack.outline.marks import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.plan import Head
from coursepack.outline.tree.signals import _SIGNATURE, LABEL_STYLE, Segment, is_title, weights
from coursepack.outline.tree.words import words
from coursepack.place import Place

_PAPER_BEFORE = re.compile(r"(?P<paper>[^\s:]+(?: [^\s:]+){0,2})(?:\s+[–—-]|:)\s+(?P<title>\S.{2,200})")
_PARTS = re.compile(r"\s+[·|•●■◆]\s+|\t+|\s{3,}|\n")
_LABEL = re.compile(r"(?P<label>[^:=]{2,60}?)\s*(?::|\s[–—-]\s)\s*(?P<value>\S.*)$", re.DOTALL)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\w.@-])\+?\(?\d[\d ()–-]{5,16}\d(?!\w)")
_CODE = languages.expression(r"(?<![\w№.])[@A@][@A@a]{1,4}(?: |-)?[@A@]?\d{1,4}[@A@]?(?![\w.,/–-]|\s*[–-]\s*\d)")
_PROGRAMME = re.compile(rf"(?<!\w)(?:{languages.pattern('programme-code')})(?!\w)")
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–—/]\s*(?:(?:19|20)\d\d|\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUOTED = re.compile(r"[«“\"„]\s*([^«»“”\"„]{3,110}?)\s*[»”\"“]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NAME = languages.expression(r"(?:[@A@]\.\s?){1,2}\s?[@A@][^\W_]+(?:-[^\W_]+)?|[@A@][\w'’-]+(?:\s+[@A@][\w'’.-]*){1,3}")
_CITY = re.compile(rf"^(?:{languages.pattern('city-mark')})\.\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_][^\W\d_]+|[^\W\d_][^\W\d_]+\s(?:[^\W\d_]\.\s?){2}")
_AUTHOR_STYLES = languages.words("author-style")
ABOUT = frozenset({"description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites"})
_TEACHER = {
    "teacher": "name",
    "email": "email",
    "phone": "phone",
    "room": "room",
    "office-hours": "office_hours",
    "degree": "degree",
    "post": "post",
}
_PLAIN = frozenset(
    {"university", "faculty", "department", "programme", "cycle", "component", "semester", "study-form", "city", "code"}
)


class Front:
    """Hears lines of a course's data; what is heard is claimed."""

    def __init__(self, source: Source, heard: Heard) -> None:
        self.source = source
        self.heard = heard
        self.words = words()
        self.plan_heads: dict[int, Head | None] = {}
        """The first paragraph of a table of a plan → the head of the table that it goes on with."""

    # --- a whole title page

    def hear(self, segments: Sequence[Segment], *, title: bool = True) -> list[Segment]:
        """Hear a title page or a head; what is text rather than data is handed back."""
        rest: list[Segment] = []
        candidates: list[Segment] = []
        for one in segments:
            if not one.is_text:
                rest.append(one)
            elif self.is_debris(one):
                self.source.aside([one.piece], "approval or signature")
            elif self.line(one):
                continue
            elif len(one.text) > 250 or (one.text.endswith((".", ":")) and len(one.text) > 90):
                rest.append(one)
            else:
                candidates.append(one)
        if title:
            self._title(candidates)
        else:
            self.source.aside([one.piece for one in candidates], "title page")
        return rest

    def titled(self, piece: Piece) -> None:
        """Hear the title of the course that stands before the name of a paper on one line: «Botany: Homework 2»."""
        text = piece.text.strip(" :,|–—-")
        if not self._by_form(text):
            self.heard.titles.append((text, Place(self.source.document.file)))
        self.source.stream.texts.claim(piece, "mark", reason="title of the course")

    def is_debris(self, one: Segment) -> bool:
        """Lines to sign on or to fill in."""
        return bool(_SIGNATURE.search(one.text)) or (
            self.source.marks.is_approval(one.text) and not _QUOTED.search(one.text)
        )

    def _title(self, candidates: Sequence[Segment]) -> None:
        """The course's title among the lines of a title page that say nothing else."""
        ranked = sorted(candidates, key=lambda one: (-self._titled(one), one.at))
        best = ranked[0] if ranked and self._titled(ranked[0]) > 0 else None
        for one in candidates:
            self.source.stream.texts.claim(
                one.piece,
                "aside" if one is not best else "mark",
                reason="title page" if one is not best else "title of the course",
            )
        if best is not None:
            self.heard.titles.append((self._title_text(best), Place(self.source.document.file)))

    def _titled(self, one: Segment) -> int:
        """How much a line looks like the title of a course."""
        text = one.text
        if self.words.front("ministry", text) or not any(c.isalpha() for c in text) or one.piece.style == LABEL_STYLE:
            return -20
        quoted = _QUOTED.search(text)
        named = self.words.front("course", text)
        paper = self.words.front("paper", text)
        bare = self._without_paper(text) if paper and not quoted else ""
        value = (
            one.heading + (8 if quoted and (named or paper) else 3 if quoted else 0) + (4 if is_title(one.piece) else 0)
        )
        return value - (12 if paper and not quoted and not bare else 3 if bare else 0) + 2

    def _without_paper(self, text: str) -> str:
        """A title without the words that name the kind of paper at its ends: «Botany test questions», «Lesson plan –
        Botany»."""
        before = _PAPER_BEFORE.fullmatch(text)
        if before and all(self.words.front("paper", word) for word in before["paper"].split()):
            return before["title"]
        tokens = text.split()
        while tokens and self.words.front("paper", tokens[-1]):
            tokens.pop()
        if len(tokens) == len(text.split()) or len(tokens) < 2 or self.words.front("paper", tokens[0]):
            return ""
        return " ".join(tokens).rstrip(" :,–—-")

    def _title_text(self, one: Segment) -> str:
        quoted = _QUOTED.search(one.text)
        text = quoted[1] if quoted else self._without_paper(one.text) or one.text
        text = text if quoted else _CODE.sub("", text, count=1)
        text = re.sub(r"^[\s:·|–—-]+|[\s:·|–—-]+$", "", re.sub(r"\(\s*\)", "", text))
        return text.removesuffix(".")

    # --- a line

    def line(self, one: Segment) -> bool:
        """Hear one line; whether it said something of the course."""
        piece = one.piece
        said = piece.style.lower() in _AUTHOR_STYLES and self._value("teacher", piece.text)
        for part in self._parts(one.text):
            said = self._said(part, piece) or said
        if said:
            self.source.stream.texts.claim(piece, "mark", part="about", reason="data of the course")
        return said

    def pair(self, label: str, names: Sequence[Piece], values: Sequence[Piece]) -> bool:
        """Hear a label and the value beside or below it, in cells of a table."""
        if self._several(label, names, values):
            return True
        text = "\n".join(piece.text for piece in values).strip()
        kind = self.kind_of(label)
        if text and self._hours(label, text):
            kind = "hours"
        elif kind is None or not text:
            return False
        if kind in ABOUT:
            self._about(kind, names, values)
            return True
        if kind != "hours" and not self._value(kind, text):
            return False
        self.source.stream.texts.claim(names, "mark", part="about", reason="label")
        self.source.stream.texts.claim(values, "mark", part="about", reason="data of the course")
        return True

    def _several(self, label: str, names: Sequence[Piece], values: Sequence[Piece]) -> bool:
        """«Цикл / компонент | БП / ТК»: as many values as labels; «Дәріс – 30; …»: hours of kinds in one cell."""
        text = " ".join(piece.text for piece in values)
        labels, parts = re.split(r"\s*/\s*", label), re.split(r"\s*/\s*", text)
        kinds = [self.kind_of(one) for one in labels]
        if len(labels) == len(parts) > 1 and all(kinds) and len(set(kinds)) == len(kinds):
            said = [self._value(kind or "", part) for kind, part in zip(kinds, parts, strict=True)]
            heard = all(said)
        else:
            pairs = [_PAIR.fullmatch(part.strip(" .")) for part in re.split(r"[;,\n]", text) if part.strip()]
            heard = len(pairs) > 1 and all(pair and self._hours(pair["name"], pair["n"]) for pair in pairs)
        if heard:
            self.source.stream.texts.claim(names, "mark", part="about", reason="label")
            self.source.stream.texts.claim(values, "mark", part="about", reason="data of the course")
        return heard

    def _hours(self, label: str, text: str) -> bool:
        """«Lectures | 10 hours»: hours of a kind of class or of work."""
        kind, amount = self.words.hours(label), _AMOUNT.fullmatch(text)
        if kind not in _HOURS or amount is None or len(label) > 60:
            return False
        self.heard.hours.setdefault(kind or "", float(amount["n"].replace(",", ".")))
        return True

    def kind_of(self, label: str) -> str | None:
        """The field that a label names, in one language or in several at once («Пән коды / Код / Code»)."""
        for part in (label, *re.split(r"\s*/\s*|\s*\|\s*|\n", label)):
            known = self.source.marks.about_label(part) or self.words.about(part)
            if known:
                return known
        ranked = sorted(self.words.labels(label).items(), key=lambda pair: -pair[1])
        return next((name for name, value in ranked if name in ABOUT and value >= 7), None)

    def _about(self, kind: str, names: Sequence[Piece], values: Sequence[Piece]) -> None:
        self.source.stream.texts.claim(names, "mark", part="about", reason="label")
        draft = Draft("about", name=kind, label=" ".join(piece.text for piece in names).strip(" :") or None)
        draft.fields["body"] = list(values)
        self.heard.hear(self.source, draft)

    @staticmethod
    def _parts(text: str) -> Iterator[str]:
        for part in _PARTS.split(text):
            if part and part.strip():
                yield part.strip()

    def _said(self, part: str, piece: Piece) -> bool:
        labelled = _LABEL.match(part)
        if labelled:
            kind = self.kind_of(labelled["label"])
            if kind in ABOUT and piece.text.strip() == part:
                return self._run_in(kind or "", piece)
            if kind and kind not in ABOUT and self._value(kind, labelled["value"].strip()):
                return True
        return self._by_form(part)

    def _run_in(self, kind: str, piece: Piece) -> bool:
        found = _LABEL.match(piece.text)
        if found is None:
            return False
        name, value = self.source.stream.texts.cut(piece, found.start("value"))
        self._about(kind, [name], [value])
        piece.parts = []
        return True

    # --- values

    def _value(self, kind: str, text: str) -> bool:
        """Take a value under its label; whether it is one."""
        text = text.strip(" ;_")
        if not text:
            return False
        fields = self.heard.fields
        match kind:
            case "credits":
                number = _number(text)
                if number is not None:
                    fields.setdefault("credits", number)
                return number is not None
            case "year":
                fields.setdefault("year", text.rstrip("."))
            case "study-year":
                number = _number(text)
                if number is None or number > 8:
                    return False
                fields.setdefault("study_year", int(number))
            case "title":
                self.heard.titles.insert(0, (text.strip(' «»“”".'), Place(self.source.document.file)))
            case _ if kind in _TEACHER:
                self._teacher(kind, text)
            case _ if kind in _PLAIN:
                fields.setdefault(kind.replace("-", "_"), _bare(text))
            case "hours":
                return False
            case _:
                return False
        return True

    def _teacher(self, kind: str, text: str) -> None:
        rest: list[str] = []
        for part in re.split(r"[;\n]\s*|,\s+", text):
            mail, phone, room = _MAIL.search(part), _PHONE.search(part), _ROOM.search(part)
            degree = _DEGREE.search(part)
            if mail:
                self.heard.teacher_said("email", mail[0])
            elif phone and kind != "office-hours":
                self.heard.teacher_said("phone", phone[0].strip())
            elif room and kind not in {"room", "office-hours"}:
                self.heard.teacher_said("room", room["n"])
            elif degree and kind == "teacher" and rest:
                self.heard.teacher_said("degree", part.strip())
            elif part.strip():
                rest.append(part.strip())
        said = ", ".join(rest)
        if kind == "teacher" and said:
            self._named_teacher(said)
        elif said and not (kind in {"email", "phone"} and len(rest) < len(text.split(","))):
            self.heard.teacher_said(_TEACHER[kind], said if kind != "office-hours" else text)

    def _named_teacher(self, said: str) -> None:
        name, post = self._name(said.strip(" ,;·("))
        waiting = self.heard.teachers.pop() if self.heard.teachers and "name" not in self.heard.teachers[-1] else {}
        before = len(self.heard.teachers)
        self.heard.new_teacher(name, post)
        if len(self.heard.teachers) > before:
            self.heard.teachers[-1].update(waiting)

    def _name(self, text: str) -> tuple[str, str | None]:
        """A name and the post before or behind it."""
        names = [found for found in _NAME.finditer(text) if not self.words.front("post", found[0].split()[0])]
        first = text.split(",", maxsplit=1)[0].strip()
        if "," in text and not self.words.front("post", first):
            return first, text.split(",", 1)[1].strip() or None
        if (
            names
            and names[-1].end() >= len(text.rstrip(" .")) - 1
            and names[-1].start() > 0
            and text[: names[-1].start()].strip()[:1].islower()
        ):
            return names[-1][0].strip(), text[: names[-1].start()].strip(" ,–-") or None
        return first, None

    def _by_form(self, part: str) -> bool:
        """Values that their own form tells."""
        fields, said = self.heard.fields, False
        if mail := _MAIL.search(part):
            self.heard.teacher_said("email", mail[0])
            said = True
        if len(part) >= weights()["limits"]["data"]:
            return said
        for kind in ("university", "faculty", "department"):
            if self.words.front(kind, part) and not _QUOTED.fullmatch(part) and not self.words.front("ministry", part):
                if kind == "university" and self.words.front("faculty", part) and "university" in fields:
                    continue
                fields.setdefault(kind, self._institution(part))
                return True
        if amount := _CREDITS.search(part):
            fields.setdefault("credits", float((amount["n"] or amount["m"]).replace(",", ".")))
            said = True
        if (years := _YEARS.search(part)) and len(part) < 90:
            fields.setdefault("year", years[0])
            said = True
        if semester := _SEMESTER.search(part):
            fields.setdefault("semester", semester[0].strip())
            said = True
        if study := _STUDY_YEAR.search(part):
            fields.setdefault("study_year", int(study["n"] or study["m"]))
            said = said or len(part) < 40
        if (code := _CODE.search(part)) and not _PROGRAMME.search(part) and not _YEAR.fullmatch(code[0]):
            fields.setdefault("code", code[0])
            said = said or code[0] == part
        if _PROGRAMME.search(part):
            fields.setdefault("programme", _bare(part))
            said = True
        form = next((w for w in re.findall(r"[\w-]+", part) if self.words.front("study-form", w)), None)
        if form and len(part) < 40:
            fields.setdefault("study_form", form)
            said = True
        return said or self._teaching(part) or self._place(part) or self._person(part)

    @staticmethod
    def _institution(part: str) -> str:
        return _bare(part)

    def _teaching(self, part: str) -> bool:
        """«аға оқытушы Ж. Оразбаева», «Dr. Ruth Abernathy»: a person with a post."""
        if len(part) > 90 or not self.words.front("post", part) or self.words.front("paper", part):
            return False
        found = list(_NAME.finditer(part))
        if not found:
            return False
        name, post = self._name(part)
        self.heard.new_teacher(name, post)
        return True

    def _person(self, part: str) -> bool:
        """A line that is a name and nothing else."""
        found = _INITIALS.fullmatch(part)
        plain = (
            len(part) < 45
            and re.fullmatch(rf"{_NAME.pattern}", part)
            and part.lower().endswith(languages.words("surname"))
        )
        if found or plain:
            self.heard.new_teacher(part)
        return bool(found or plain)

    def _place(self, part: str) -> bool:
        """«Караганда, 2021», «г. Алматы», a year alone."""
        year = _YEAR.search(part)
        bare = _YEAR.sub("", part).strip(" ,.–—-")
        city = self.words.front("city", part)
        name = _CITY.sub("", bare)
        if year and not bare:
            return True
        if (year or city) and re.fullmatch(r"[^\W\d_]+(?:[- ][^\W\d_]+)?", name) and name[:1].isupper():
            self.heard.fields.setdefault("city", name)
            return True
        return False


_ROOM = languages.expression(r"(?:@room@)\.?\s*(?:№\s*)?(?P<n>[\w.-]*\d[\w.-]*)", re.IGNORECASE)
_DEGREE = re.compile(languages.pattern("degree") + r"|(?:\b[^\W\d_]\.\s?){2,3}[^\W\d_]\.|PhD|Ph\.D", re.IGNORECASE)
_PAIR = languages.expression(
    r"(?P<name>[^\d:]+?)\s*[–—:-]?\s*(?P<n>\d{1,3})\s*(?:(?:@hours@|@hours-short@)\.?)?", re.IGNORECASE
)
_AMOUNT = languages.expression(r"(?P<n>\d{1,3}(?:[.,]\d)?)\s*(?:(?:@hours@|@hours-short@)\.?)?", re.IGNORECASE)
_HOURS = frozenset({"lecture", "seminar", "practical", "laboratory", "independent", "supervised", "total"})
_CREDITS = languages.expression(
    r"(?P<n>\d+(?:[.,]\d)?)\s*(?:-\s*)?(?:@credits@)|(?:@credits@)[^\W\d_]*\s*[:–-]\s*(?P<m>\d+(?:[.,]\d)?)",
    re.IGNORECASE,
)
_SEMESTER = languages.expression(
    r"(?:@season@)(?:\s+@semester@)?(?:\s+(?:19|20)\d\d)?|\d{1,2}(?:\s*[-–]\s*(?:@ordinal-plain@))?\s*@semester@",
    re.IGNORECASE,
)
_STUDY_YEAR = languages.expression(
    r"(?<!\d)(?P<n>[1-7])\s*(?:-?\s*(?:@ordinal-plain@|st|nd|rd|th))?\s*[-–]?\s*(?:@study-year@)(?!\w)|(?:@study-year-before@)\s+(?P<m>[1-7])(?!\d)",
    re.IGNORECASE,
)


def _number(text: str) -> float | None:
    found = _NUMBER.search(text)
    if found:
        return float(found[0].replace(",", "."))
    from coursepack.outline.marks import _ordinals

    first = fold(text).split()[0].strip(",.(") if text.split() else ""
    return float(value) if (value := _ordinals().get(first)) else None


def _bare(text: str) -> str:
    text = text.strip(' ;,«»“”"')
    return text if re.search(r"(?:^|[\s.])[^\W\d_]\.$", text) else text.rstrip(".")
