"""Who teaches a course: a name with its post, degree, mail, phone and room, as a line gives them."""

from __future__ import annotations

import re

from coursepack import languages
from coursepack.outline.tree.dates import WEEKDAYS
from coursepack.outline.tree.named import titled_name
from coursepack.outline.tree.words import alternatives, phrases, words

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\w.@-])\+?\(?\d[\d ()–-]{5,16}\d(?!\w)")
NAME = languages.expression(
    r"(?:[@A@]\.\s?){1,2}\s?[@A@][^\W_]+(?:-[^\W_]+)?|[@A@][\w'’-]+\.?(?:\s+[@A@][\w'’.-]*){1,3}"
)
INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){1,2}[^\W\d_][^\W\d_]+|[^\W\d_][^\W\d_]+\s(?:[^\W\d_]\.\s?){1,2}[^\W\d_]?\.?")
_ROOM = languages.expression(
    r"(?:@room@)\.?\s*(?:№\s*)?(?P<n>(?:[@A@]\s)?[\w.-]*\d[\w.-]*)|(?<![\w.-])(?P<before>\d[\d.-]{0,6}\w?)-?\s?(?:@room@)(?!\w)\.?",
    re.IGNORECASE,
)
_PLACE = languages.expression(r"[@A@][\w'’.]*(?:\s[@A@][\w'’.]*){0,2}\s\d[\w.]*")  # «Music 22»
_KEPT = languages.expression(r"(?<!\w)(?:@room-kept@)\.?\s+(?:№\s*)?(?:[\w.-]*\d[\w.-]*|[@A@](?!\w))", re.IGNORECASE)
_HOUSE = languages.expression(r"[@A@][^:]*(?<!\w)(?i:@house@)(?!\w|\s+[@A@][@a@]{2})[^:]*")
"""«Ings Building 2.07», «Hall B»; no «Building Compilers»."""
_NUMBERED = re.compile(r"\d[\w.-]*")
_TOKEN = re.compile(r"[^\W\d_]+")
_LED_ROOM = re.compile(rf"\s+(?=(?:{languages.pattern('room-kept')})\.?\s+\d)", re.IGNORECASE)
_DEGREE = re.compile(languages.pattern("degree") + r"|(?:\b[^\W\d_]\.\s?){2,3}[^\W\d_]\.|PhD|Ph\.D", re.IGNORECASE)
_ABBREVIATED = re.compile(r"[^\W\d_]{2,5}\.?")
ASIDE = re.compile(r"\(([^()]{2,80})\)")
_PARTS = re.compile(r"[;\n\t]\s*|,\s+|\s+[|·•—–]\s+")


_RECEIVES = re.compile(
    rf"(?<!\w)(?:(?:{WEEKDAYS})(?:(?<=[^\W\d_]{{3}})[^\W\d_]{{0,8}})?)(?!\w)|(?<!\d)[012]?\d[:.][0-5]\d(?!\d|\.\d)"
    rf"|(?<![\d.])[012]?\d\s?(?:{languages.pattern('clock')})(?!\w)",
    re.IGNORECASE,
)
"""A day, cut short to two letters only as a whole word («ср», not «сроки»), or a time."""


_TITLES = re.compile(
    rf"(?:(?:{alternatives(phrases('front', 'post') + phrases('front', 'address'))})\.?[\s/-]*)+(?=\S)", re.IGNORECASE
)
"""Posts and titles before a name: «Prof. Dr.», «Chef», «A/Prof»."""
_LAST_INITIAL = re.compile(r"(?<=\s)[^\W\d_]\.\s*$")
_SHORT_POST = 4
_LONGEST_PLACE = 60


def _ends_with_name(titles: str) -> bool:
    """Whether the last word before an initial and a surname is a given name: no post, no degree, no title."""
    last = titles.rpartition(" ")[2]
    known = any(words().front(kind, last) for kind in ("address", "post")) or _DEGREE.search(titles) is not None
    return last.isalpha() and last.istitle() and len(titles.split()) > 1 and not known


class Person:
    """What one line says of a teacher, by field of ``model.course.Teacher``."""

    def __init__(self, text: str) -> None:
        self.said: dict[str, str] = {}
        self.names: list[str] = []
        bare = self._behind_titles(_apart(self._brackets(text)))
        for part in _PARTS.split(bare):
            if part and part.strip(" ,;()<>"):
                self._part(part.strip(" ,;") if ")" in part else part.strip(" ,;("))
        if self.names:
            self._name(", ".join(self.names))

    def _brackets(self, text: str) -> str:
        """The text without what brackets say of the person: a post, a mail; what else they say goes."""
        for found in ASIDE.finditer(text):
            inside = found[1].strip()
            if "," not in inside and (mail := MAIL.search(inside)):
                self.said.setdefault("email", mail[0])
            elif words().front("post", inside) or words().about(inside) in {"teacher", "assistant"}:
                self.said.setdefault("post", inside)
        return text if PHONE.search(text) else ASIDE.sub(_several, text)

    def _behind_titles(self, text: str) -> str:
        """What follows a name with initials that the line begins with, behind posts and degrees, which are taken."""
        found = titled_name(text)
        if found is None or all(words().front("address", one) for one in _TOKEN.findall(found[0])):
            return text
        titles, name, rest = found
        if _ends_with_name(titles.strip()):  # «Dr. Craig W. Stone»
            return text
        for title in filter(None, map(str.strip, re.split(r",\s", titles))):
            degree = _DEGREE.match(title)
            end = degree.end() if degree else 0
            if degree and title[end:].strip(" .") and not words().front("post", title[end:]):
                end = len(title)
            for field, said in (("degree", title[:end]), ("post", title[end:])):
                if said.strip(" ,"):
                    self.said[field] = ", ".join(filter(None, (self.said.get(field), said.strip(" ,"))))
        self.names.append(name)
        return rest

    def _part(self, part: str) -> None:
        if self._labelled(part):
            return
        mail, phone, room = MAIL.search(part), PHONE.search(part), _ROOM.search(part)
        if mail:
            self.said.setdefault("email", mail[0])
            if not self.names and NAME.search(part[: mail.start()]) and "(" in part[: mail.start()]:
                self._part(part[: mail.start()].rstrip(" (<"))
        elif (self.names or self.said) and (place := self._place(part)):
            self.said["room"] = ", ".join(filter(None, (self.said.get("room"), place)))
        elif (self.names or self.said) and not (room and room.end() == len(part)) and (hours := hours_of(part)):
            self.said["office_hours"] = ", ".join(filter(None, (self.said.get("office_hours"), hours)))
        elif phone:
            self.said.setdefault("phone", phone[0].strip())
        elif room:
            self.said.setdefault("room", _number(room))
        elif _DEGREE.search(part) and (self.names or _DEGREE.fullmatch(part.strip(" .")) or self._led(part)):
            self.said.setdefault("degree", self._without_name(part))
        elif self.names and (label := _opening(part)):
            self.said.setdefault(label[0], label[1])
        elif part:
            self.names.append(part)

    def _labelled(self, part: str) -> bool:
        """«office: Hall 9», «hours: Mondays 1–2» behind a name or a mail."""
        said, colon, value = part.partition(": ")
        kind = words().about(said, least=1.0) if colon and (self.said or self.names) else None
        labelled = kind in {"room", "office-hours"} and bool(value.strip())
        if labelled:
            self.said.setdefault("room" if kind == "room" else "office_hours", value.strip(" .,"))
        return labelled

    def _place(self, part: str) -> str | None:
        """A room as it is printed: behind its word, a building, a building and its number, or a number behind it."""
        if _KEPT.fullmatch(part) or (_HOUSE.fullmatch(part) and len(part) < _LONGEST_PLACE):
            return part
        numbered = "room" in self.said and _NUMBERED.fullmatch(part)
        return part if numbered or (self.names and _PLACE.fullmatch(part) and not hours_of(part)) else None

    def _led(self, part: str) -> bool:
        """Whether a name with initials stands behind a degree: «канд. геогр. наук Лужин П.Е.»."""
        found = INITIALS.search(part)
        return found is not None and bool(_DEGREE.search(part[: found.start()])) and not part[found.end() :].strip(" .")

    def _without_name(self, part: str) -> str:
        """A degree without the name behind it, which is taken."""
        if self.names or not self._led(part):
            return part
        found = INITIALS.search(part)
        at = found.start() if found else len(part)
        self.names.append(part[at:].strip())
        return part[:at].strip()

    def _name(self, text: str) -> None:
        """A name, the post before it or behind it, and letters of degrees that go with it («MSN, RN»)."""
        first, *more = self.names
        initials = [one for one in more if _ABBREVIATED.fullmatch(one) and one.isupper()]
        others = [one for one in more if one not in initials]
        if words().front("post", first) and others and not NAME.search(_TITLES.sub("", first)):
            others, first = [first, *others[1:]], others[0]
        elif not more and (behind := _behind_post(text)):
            first, others = behind
        first = _without_sentence(self._titled(first))
        others = [one for one in others if _is_post(one)]
        self.said["name"] = _without_stop(", ".join([first, *initials]))
        if others:
            said = _without_stop(", ".join(others))
            self.said.setdefault("degree" if _DEGREE.fullmatch(said) else "post", said)

    def _titled(self, name: str) -> str:
        """A name without the post, or several academic titles at once, that stand before it; one title stays."""
        found = _TITLES.match(name)
        said = _LAST_INITIAL.sub("", found[0]) if found else ""  # «A. Lee» begins as «A/Prof Lee» does
        rest = name[len(said) :]
        if found is None or not said or not NAME.match(rest):
            return name
        titles = said.strip()
        address = [words().front("address", one) for one in _TOKEN.findall(titles) if len(one) > 1]
        if len(titles.replace("/", " ").split()) > 1 and all(address):
            self.said.setdefault("degree", titles)
        elif not any(address):
            self.said.setdefault("post", titles)
        else:
            return name
        return rest


def _without_sentence(text: str) -> str:
    """The name that a sentence about its bearer begins with: «Ann Lee was registrar of a museum for ten years»."""
    name = NAME.match(text)
    rest = text[name.end() :].strip() if name else ""
    return name[0].strip() if name and rest[:1].islower() and len(rest.split()) > _SHORT_POST else text


def _is_post(text: str) -> bool:
    """Whether what stands beside a name may be a post or a degree: its words say so, or it is short."""
    return len(text.split()) <= _SHORT_POST or words().front("post", text) or bool(_DEGREE.search(text))


def _apart(text: str) -> str:
    """A line whose mails and rooms are set apart from what stands beside them."""
    text = _LED_ROOM.sub("; ", text) if MAIL.search(text) else text
    return MAIL.sub(_set_apart, text)


def _set_apart(mail: re.Match[str]) -> str:
    before, after = mail.string[: mail.start()].rstrip(), mail.string[mail.end() :].lstrip()
    led = "; " if before and before[-1] not in "(<:" else ""
    return f"{led}{mail[0]}{'; ' if after and after[0] not in ',;).>' else ''}"


def _several(brackets: re.Match[str]) -> str:
    """What brackets say, where a mail or a room is one thing of several: «(a@b.example, 317-каб., by appointment)»."""
    said = brackets[1]
    reached = "," in said and (MAIL.search(said) or _ROOM.search(said))
    return f", {said}, " if reached else " "


def room_of(line: str) -> str | None:
    """The room that a line is, by its word or as a building and its number."""
    line = line.strip(" .")
    if _KEPT.fullmatch(line) or (_HOUSE.fullmatch(line) and len(line) < _LONGEST_PLACE):
        return line
    found = _ROOM.fullmatch(line)
    if found is not None:
        return _number(found)
    return line if _PLACE.fullmatch(line) and not _RECEIVES.search(line) else None


def _number(room: re.Match[str]) -> str:
    """The number of a room behind its word, or the room as printed where the word stands behind: «214-каб»."""
    return room["n"] or room[0].strip()


def hours_of(part: str) -> str | None:
    """When a teacher receives, told by a day or a time, without a label before it."""
    found = _RECEIVES.search(part)
    if found is None:
        return None
    label, colon, rest = part.replace("\t", ": ", 1).partition(":")
    named = label.replace("-", "").replace(" ", "").isalpha() and len(label.split()) < _SHORT_POST
    if not (colon and named and rest[:1] == " "):
        label, rest = next(
            (
                (" ".join(part.split()[:size]), " ".join(part.split()[size:]))
                for size in (2, 1)
                if words().about(" ".join(part.split()[:size]), least=1.0) == "office-hours"
            ),
            ("", part),
        )
    return rest.strip(" .")


def _without_stop(text: str) -> str:
    return text.strip() if INITIALS.fullmatch(text.strip()) or _DEGREE.search(text) else text.strip(" .")


def _opening(part: str) -> tuple[str, str] | None:
    """«office hours by appointment»: a field of a teacher that the first two words name."""
    first = " ".join(part.split()[:2])
    kind = words().about(first, least=1.0)
    rest = part[len(first) :].strip(" :–—-")
    return ("office_hours", rest) if kind == "office-hours" and rest and len(first.split()) == 2 else None


def _behind_post(text: str) -> tuple[str, list[str]] | None:
    """«аға оқытушы Ж. Оразбаева»: the name behind a post in small letters."""
    names = [found for found in NAME.finditer(text) if not words().front("post", found[0].split()[0])]
    if not names or names[-1].end() < len(text.rstrip(" .")) - 1:
        return None
    post = text[: names[-1].start()].strip(" ,–-")
    return (names[-1][0].strip(), [post]) if post[:1].islower() else None
