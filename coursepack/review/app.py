"""The pages: requests → the course under review → HTML. Everything is rendered here, htmx only carries it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from coursepack import writers
from coursepack.contents import ContentNode
from coursepack.files import media, unpacked
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import block_text
from coursepack.model.course import About
from coursepack.outline.found import OutlineSource
from coursepack.place import CoursepackError
from coursepack.project import course_toml as project
from coursepack.project import department as departments
from coursepack.readers.pdf import page_images
from coursepack.review import (
    acts,
    course_view,
    declared,
    origins,
    papers,
    parting,
    pieces,
    plain,
    source_view,
    speech,
    uncertainties,
)
from coursepack.review.anchors import lines, spot
from coursepack.review.building import ReviewBuild
from coursepack.review.course import CourseReview, RefusedError, Snapshot
from coursepack.review.guard import Guard, SessionSecrets

_HERE = Path(__file__).parent
STATIC = frozenset({"htmx.min.js", "review.js", "review.css"})
LANGUAGE_COOKIE = "coursepack-language"
MOST_BODY = 2 << 20
MOST_SHEETS = 12
"""Pages of PDFs that are kept as pictures."""

_ALIKE = frozenset({"/doubts", "/about", "/corrections", "/build"})
"""Pages that every edition has."""

Form = Mapping[str, str]


@cache
def _environment() -> jinja2.Environment:
    result = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    result.globals |= {
        "plain": plain.finding,
        "fate_words": plain.fate,
        "reason_words": plain.reason,
        "said": plain.said,
        "decimal": plain.decimal,
        "size": plain.size,
        "piece": pieces.FIRST,
        "end_piece": pieces.LAST,
        "shown": pieces.NUMBER,
    }
    return result


class ReviewPages:
    """Every answer of the server, over one course."""

    def __init__(
        self, review: CourseReview, building: ReviewBuild, keys: SessionSecrets, stop: Callable[[], None]
    ) -> None:
        self.review = review
        self.building = building
        self.keys = keys
        self.stop = stop
        self.papers = papers.PaperPages()
        self._sheets: dict[tuple[str, int], page_images.Shown | None] = {}
        self._shown = pieces.Shown()
        self._doubted: tuple[Snapshot, list[uncertainties.Doubt]] | None = None

    def routes(self) -> list[Route]:
        """What is answered."""
        return [
            Route("/", self._on(self.look)),
            Route("/act", self._on(self.act), methods=["POST"]),
            Route("/undo", self._on(self.undo), methods=["POST"]),
            Route("/redo", self._on(self.redo), methods=["POST"]),
            Route("/next", self._on(self.next)),
            Route("/doubts", self._on(self.doubts)),
            Route("/about", self._on(self.about)),
            Route("/department", self._on(self.department)),
            Route("/corrections", self._on(self.corrections)),
            Route("/build", self._on(self.building_page)),
            Route("/build", self._on(self.start_build), methods=["POST"]),
            Route("/folder", self._on(self.open_folder), methods=["POST"]),
            Route("/language", self._on(self.language), methods=["POST"]),
            Route("/edition", self._on(self.edition), methods=["POST"]),
            Route("/stop", self._on(self.end), methods=["POST"]),
            Route("/page/{source:int}/{page:int}", self._on(self.drawn)),
            Route("/paper/{page:int}/{name:path}", self._on(self.paper)),
            Route("/paper-page/{page:int}/{name:path}", self._on(self.paper_page)),
            Route("/asset/{name}", self._on(self.asset)),
            Route("/product/{name:path}", self._on(self.product)),
            Route("/static/{name}", self._on(self.static)),
        ]

    def _on(self, answer: Callable[[Request, Form], Response]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            form: Form = {}
            if request.method == "POST":
                form = await _form(request)
            return await run_in_threadpool(answer, request, form)

        return endpoint

    # --- reading

    def look(self, request: Request, _: Form) -> Response:
        """The source beside the course."""
        return self._looked(request, dict(request.query_params))

    def _looked(self, request: Request, query: Form, problem: CoursepackError | None = None) -> Response:
        try:
            now = self.review.now()
        except CoursepackError as unread:
            return self.page(request, "unread.html", None, problem=unread, status=409)
        course = now.understood.course
        nodes = course_view.nodes(course)
        number, unit = _int(query.get("s"), 0), _int(query.get("at"), 0)
        if not unit and "s" not in query and (begins := self._begin(now, nodes, query.get("part", ""))):
            number, unit = begins
        window = source_view.window(now.understood, number, unit)
        part = query.get("part", "") or _part_at(window, unit)
        wanted = course_view.node_of(course, part) if part else ""
        node = next((one for one in nodes if one.id == wanted), None)
        node = node or next((one for one in nodes if one.kind == "week"), nodes[0])
        start = _int(query.get("q"), _question_at(node, part, unit, window))
        found = self.doubted(now)
        uncertainty = next((one for one in found if one.id == query.get("doubt")), None)
        return self.page(
            request,
            "look.html",
            now,
            status=409 if problem else 200,
            problem=problem,
            s=number,
            at=unit,
            part=part,
            window=window,
            sheet=self._sheet(now, number, window.page) if window and window.page else None,
            assets=now.understood.assets.data,
            nodes=nodes,
            node=node,
            pieces=list(course_view.pieces(course, node, start)),
            question_start=start,
            question_page=course_view.PAGE,
            doubts=found,
            doubt=uncertainty,
            place=self._place(now, number, unit) if unit else None,
            parts=acts.PARTS,
            names=course_view.names(course, nodes),
            without=acts.WITHOUT,
            files=[ledger.file for ledger in now.understood.ledgers],
            number_of={ledger.file: n for n, ledger in enumerate(now.understood.ledgers)},
            last=self.review.steps[-1] if self.review.steps else None,
            address=_address,
            question=self._question(now, query.get("question", "") or (uncertainty.question if uncertainty else "")),
        )

    def doubted(self, now: Snapshot) -> list[uncertainties.Doubt]:
        """The queue, made once for what was read: each page asks for it."""
        known = self._doubted
        if known is None or known[0] is not now:
            known = self._doubted = (now, uncertainties.doubts(now))
        return known[1]

    def _begin(self, now: Snapshot, nodes: Sequence[ContentNode], name: str) -> tuple[int, int] | None:
        """Document and line where a part of the course begins, so that choosing it marks the source too."""
        course = now.understood.course
        node = next((one for one in nodes if one.id == name), None)
        pieces = course_view.pieces(course, node) if node else ()
        place = next((one.place for one in pieces if one.place and one.place.first), None)
        numbers = (n for n, ledger in enumerate(now.understood.ledgers) if place and ledger.file == place.file)
        number = next(numbers, None)
        return (number, place.first) if place and place.first and number is not None else None

    def _place(self, now: Snapshot, number: int, unit: int) -> dict[str, Any] | None:
        """What is known of a line, for the acts on it."""
        if number >= len(now.understood.sources):
            return None
        source = now.understood.sources[number]
        found = spot(source, unit)
        ledger = source.stream.texts.ledger
        entries = [one for one in ledger.entries if one.unit == unit]
        course = now.understood.course
        part = next((one.part for one in entries if one.part), "")
        return {
            "text": " ".join((found.text if found else ledger.units.get(unit, "")).split()),
            "units": lines(found) if found else [unit],
            "entries": list(dict.fromkeys((one.fate, one.part, one.reason) for one in entries)),
            "reachable": found is not None,
            "set_aside": found is None and any(one.fate == "aside" for one in entries),
            "ways": parting.ways(found.printed) if found else [],
            "sign": parting.sign(found.text) if found else ("sign", ""),
            "in_table": found is not None and found.in_table,
            "why": partial(_why, source, unit),
            "by_hand": any("course.toml" in one.reason and one.fate == "aside" for one in entries),
            "session": next((one for _, one in course.sessions() if part in {one.id, f"{one.id}-review"}), None),
            "week": next((w.number for w, one in course.sessions() if part in {one.id, f"{one.id}-review"}), None),
            "assignment": next((one for w in course.weeks for one in w.assignments if one.id == part), None),
            "file": source.document.file,
        }

    def _question(self, now: Snapshot, name: str) -> dict[str, Any] | None:
        found = next((one for one in now.understood.course.questions() if one.id == name), None) if name else None
        if found is None:
            return None
        exam = now.understood.course.exam
        listed = exam is not None and any(one.id == found.id for one in exam.questions)
        text = " ".join(block_text(found.text).split())
        return {"question": found, "text": text, "choices": course_view.choices(found), "listed": listed}

    def doubts(self, request: Request, _: Form) -> Response:
        """The queue."""
        now = self.review.now()
        return self.page(request, "doubts.html", now, found=self.doubted(now), address=_address)

    def next(self, request: Request, _: Form) -> Response:
        """To the next doubt behind the one that was looked at."""
        found = self.doubted(self.review.now())
        after = request.query_params.get("after")
        names = [one.id for one in found]
        at = names.index(after) + 1 if after in names else 0
        if not found:
            return RedirectResponse("/doubts", 303)
        chosen = found[at % len(found)]
        return RedirectResponse(_doubt_address(chosen), 303)

    def about(self, request: Request, _: Form) -> Response:
        """The form of what the syllabus leaves blank."""
        now = self.review.now()
        about = now.understood.course.about
        found = {field.name: origins.origin(now, field) for field in declared.FIELDS}
        return self.page(
            request,
            "about.html",
            now,
            parts=declared.GROUPS,
            value=lambda field: declared.value(about, field),
            as_text=declared.form_value,
            long=declared.LONG,
            blank=declared.BLANK,
            origins=found,
            settings=[(".".join(path), _setting(now, path)) for path in acts.SETTINGS],
            releases=acts.RELEASES,
            tasks=[(week.number, task) for week in now.understood.course.weeks for task in week.assignments],
            of_tasks=acts.OF_TASKS,
            roles=acts.ROLES,
            spoken=[(code, speech.own_name(code)) for code in speech.known()],
            address=_address,
        )

    def department(self, request: Request, _: Form) -> Response:
        """The same for all courses of a department."""
        now = self.review.now()
        file = self.review.department()
        found = departments.find(self.review.folder, follow_links=self.review.follow_links)
        about = project.of_department(found, now.understood.course.language) if found else About()
        return self.page(
            request,
            "department.html",
            now,
            file=file,
            places=[str(place) for place in departments.places(self.review.folder)],
            parts=declared.GROUPS,
            value=lambda field: declared.value(about, field),
            as_text=declared.form_value,
            long=declared.LONG,
            blank=declared.BLANK,
            origins={},
            address=_address,
        )

    def _department_file(self, form: Form) -> Path:
        """The department.toml that an act writes: the one that counts, else one in a folder that the form chose."""
        if (file := self.review.department()) is not None:
            return file
        places = departments.places(self.review.folder)
        return places[min(_int(form.get("place"), 1), len(places) - 1)] / departments.FILE_NAME

    def corrections(self, request: Request, _: Form) -> Response:
        """What course.toml says was misread."""
        now = self.review.now()
        steps = list(reversed(self.review.steps))
        return self.page(request, "corrections.html", now, corrections=now.loaded.project.correction, steps=steps)

    # --- changing

    def act(self, request: Request, form: Form) -> Response:
        """One act: one entry of course.toml; then the page again, with what it changed."""
        try:
            change = acts.change(self.review.now(), form)
            file = self._department_file(form) if change.department else None
            self.review.act(form.get("revision", ""), change.label, change.edit, file)
        except CoursepackError as problem:
            return self._refused(request, form, problem)
        return RedirectResponse(_inside(form), 303)

    def undo(self, request: Request, form: Form) -> Response:
        """The last change is taken back."""
        try:
            self.review.undo(form.get("revision", ""))
        except CoursepackError as problem:
            return self._refused(request, form, problem)
        return RedirectResponse(_inside(form), 303)

    def redo(self, request: Request, form: Form) -> Response:
        """What was taken back is made again."""
        try:
            self.review.redo(form.get("revision", ""))
        except CoursepackError as problem:
            return self._refused(request, form, problem)
        return RedirectResponse(_inside(form), 303)

    def _refused(self, request: Request, form: Form, problem: CoursepackError) -> Response:
        query = {"s": form.get("source", "0"), "at": form.get("unit", "0"), "part": form.get("view", "")}
        return self._looked(request, query, problem)

    def language(self, request: Request, form: Form) -> Response:
        """The page speaks another language."""
        code = form.get("to", "")
        answer = RedirectResponse(_inside(form), 303)
        if code in speech.known():
            answer.set_cookie(LANGUAGE_COOKIE, code, httponly=True, samesite="strict")
        return answer

    def edition(self, _: Request, form: Form) -> Response:
        """Another edition of the course is shown."""
        if form.get("to") in self.review.now().editions:
            self.review.choose(form["to"])
        back = form.get("back", "/")
        return RedirectResponse(back if back in _ALIKE else "/", 303)

    # --- building

    def building_page(self, request: Request, _: Form) -> Response:
        """Products to choose, progress, what came of it."""
        now = self.review.now()
        known = [(name, writer.summary, writer.default) for name, writer in writers.installed()]
        files = [one.document.file for one in now.understood.sources]
        return self.page(
            request,
            "build.html",
            now,
            known=known,
            building=self.building,
            drawn=papers.can_draw(),
            paper=papers.ENDING,
            place=lambda found: uncertainties.place(files, found),
            address=_address,
        )

    def start_build(self, request: Request, form: Form) -> Response:
        """Build what was chosen."""
        names = tuple(name for name, _ in writers.installed() if form.get(f"format.{name}"))
        self.building.start(self.review.now().whole, names)
        return RedirectResponse("/build", 303)

    def _sheet(self, now: Snapshot, number: int, page: int) -> page_images.Shown | None:
        """A page of a PDF as it is printed; None where it cannot be drawn: its lines are shown all the same."""
        source = now.understood.sources[number]
        key = (source.document.sha256, page)
        if key not in self._sheets:
            try:
                data = unpacked.at(now.loaded.folder, source.document.file).read_bytes()
                self._sheets[key] = page_images.shown(source.document.file, data, page)
            except (CoursepackError, OSError):
                self._sheets[key] = None
            while len(self._sheets) > MOST_SHEETS:
                self._sheets.pop(next(iter(self._sheets)), None)
        return self._sheets.get(key)

    def drawn(self, request: Request, _: Form) -> Response:
        """The picture of a page."""
        now, number = self.review.now(), request.path_params["source"]
        if number >= len(now.understood.sources) or not source_view.is_drawn(now.understood.sources[number].document):
            return Response(status_code=404)
        sheet = self._sheet(now, number, request.path_params["page"])
        return Response(sheet.png, media_type=media.KINDS["png"].type) if sheet else Response(status_code=404)

    def product(self, request: Request, _: Form) -> Response:
        """A file of the last build; never shown in the page's own name, always handed out."""
        path = self.building.product(request.path_params["name"])
        if path is None or not path.is_file():
            return Response(status_code=404)
        return FileResponse(path, filename=path.name, media_type=media.UNKNOWN.type)

    def paper(self, request: Request, _: Form) -> Response:
        """A printed paper of the last build, page by page."""
        name, number = request.path_params["name"], request.path_params["page"]
        path = self.building.product(name)
        if path is None or not path.is_file() or path.suffix != papers.ENDING:
            return Response(status_code=404)
        page = self.papers.page(path, number)
        return self.page(request, "paper.html", self.review.now(), name=name, file=path.name, number=number, sheet=page)

    def paper_page(self, request: Request, _: Form) -> Response:
        """The picture of such a page."""
        path = self.building.product(request.path_params["name"])
        if path is None or not path.is_file() or path.suffix != papers.ENDING:
            return Response(status_code=404)
        return Response(self.papers.page(path, request.path_params["page"]).png, media_type=media.KINDS["png"].type)

    def open_folder(self, _: Request, __: Form) -> Response:
        """The folder of the products in the machine's own window."""
        folder = next((built.folder for built in self.building.done if built.folder), None)
        program = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
        if folder is not None and (found := shutil.which(program)):
            subprocess.Popen([found, str(folder.resolve())])  # noqa: S603 - a folder of ours, opened by the desktop
        return RedirectResponse("/build", 303)

    def asset(self, request: Request, _: Form) -> Response:
        """A picture of the course. Whatever it claims to be, no browser takes it for a page."""
        try:
            data = self.review.now().understood.assets.read(request.path_params["name"])
        except KeyError:
            return Response(status_code=404)
        kind = media.picture(data)
        if kind is None or not kind.shown or kind.runs:
            return Response(status_code=404)
        return Response(data, media_type=kind.type)

    def static(self, request: Request, _: Form) -> Response:
        """The page's own files."""
        name = request.path_params["name"]
        if name not in STATIC:
            return Response(status_code=404)
        return Response((_HERE / "static" / name).read_bytes(), media_type=media.named(name).type)

    def end(self, request: Request, _: Form) -> Response:
        """The server ends; nothing is left to be saved."""
        self.stop()
        return self.page(request, "stopped.html", None)

    # --- pages

    def page(
        self, request: Request, template: str, now: Snapshot | None, *, status: int = 200, **values: Any
    ) -> Response:
        """A page in the language of the request."""
        language = speech.chosen(request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", ""))
        say = speech.interface_words(language)
        query = f"?{request.url.query}" if request.url.query else ""
        here = f"{request.url.path}{query}" if request.method == "GET" else "/"
        page = (
            _environment()
            .get_template(template)
            .render(
                say=say,
                ui=language,
                languages=[(code, speech.own_name(code)) for code in speech.known()],
                form_key=self.keys.form,
                now=now,
                here=here,
                editions=[(code, speech.own_name(code)) for code in now.editions] if now else [],
                undone=self.review.undone[-1] if self.review.undone else None,
                refused=isinstance(values.get("problem"), RefusedError),
                **{"problem": None, "doubt": None, "last": None, **values},
            )
        )
        return HTMLResponse(self._shown.page(page, request.headers.get(pieces.HEADER)), status)


def app(pages: ReviewPages) -> Guard:
    """The application, guarded."""
    found = Starlette(routes=pages.routes(), exception_handlers={CoursepackError: _unusable(pages)})
    return Guard(found, pages.keys)  # type: ignore[arg-type]  # Starlette's own names of the same shapes


def _unusable(pages: ReviewPages) -> Callable[[Request, Exception], Any]:
    """What is said where the course cannot be read."""

    def answer(request: Request, problem: Exception) -> Response:
        return pages.page(request, "unread.html", None, problem=problem, status=409)

    return answer


async def _form(request: Request) -> Form:
    """The fields of a form. Raises ``RefusedError`` for one that no page of ours sends."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY:
            raise RefusedError("the form is too large; nothing was written")
    found: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=2000):
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found


def _inside(form: Form) -> str:
    """The address that a form leads back to: one of this page."""
    back = form.get("back", "/")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"


def _int(stated: str | None, default: int) -> int:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 10 else default


def _part_at(window: source_view.Window | None, unit: int) -> str:
    return next((line.part for line in window.lines if line.number == unit), "") if window else ""


def _question_at(node: Any, part: str, unit: int, window: source_view.Window | None) -> int:
    """Where the questions of an exam begin to be shown, so that the one of a line is among them."""
    if not unit or window is None or node.kind != "exam":
        return 0
    questions = node.payload.questions
    for number, one in enumerate(questions):
        if one.place and one.place.file == window.file and one.place.first <= unit <= one.place.last:
            return number // course_view.PAGE * course_view.PAGE
    return 0


def _address(**values: object) -> str:
    return "/?" + urlencode({name: value for name, value in values.items() if value not in {None, ""}})


def _doubt_address(uncertainty: uncertainties.Doubt) -> str:
    return _address(
        s=uncertainty.source or 0, at=uncertainty.unit or "", doubt=uncertainty.id, question=uncertainty.question
    )


def _why(source: OutlineSource, unit: int, say: Words) -> list[str]:
    from coursepack.outline.tree.why import reasons

    return reasons(source, unit, partial(plain.said, say))


def _setting(now: Snapshot, path: tuple[str, ...]) -> str:
    """What course.toml, or the department, says under a key."""
    at: Any = getattr(now.loaded.project, path[0], None) or now.loaded.options.get(path[0])
    for key in path[1:]:
        at = getattr(at, key, None)
    return str(at) if at is not None else ""
