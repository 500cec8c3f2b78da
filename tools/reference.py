"""The reference, made from the code: ``python -m tools.reference`` writes ``docs/reference`` and the JSON Schema of
course.toml; with ``--check`` nothing is written, and it ends with 1 where a page is not as the code is.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import inspect as shapes

from coursepack import convert, readers, writers
from coursepack.cli import COMMANDS, cli
from coursepack.cli.options import Command
from coursepack.languages import codes, messages
from coursepack.model import course, course_json
from coursepack.project import course_toml
from tools import course_schema

DOCS = Path(__file__).parents[1] / "docs"
_MADE = "Generated from the code by `python -m tools.reference`; a test keeps it up to date."
_EXPLAINED = {
    "cartridge": "common-cartridge.md",
    "scorm": "scorm.md",
    "site": "site.md",
    "epub": "epub.md",
    "moodle": "question-banks.md",
    "moodle-backup": "moodle-backup.md",
    "papers": "templates.md",
    "csv": "question-table.md",
    "platonus": "question-banks.md",
    "qti": "qti-writing.md",
}


def pages() -> dict[str, str]:
    """File below ``docs/`` → what stands in it."""
    made = {
        "reference/keys.md": _keys(),
        "reference/formats.md": _formats(),
        "reference/commands.md": _commands(),
        "reference/course-model.md": _model(),
    }
    made |= {f"reference/findings{ending}.md": _findings(code) for code, ending in _FINDINGS.items()}
    whole = {name: "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}
    schema = json.dumps(course_schema.schema(), ensure_ascii=False, indent=2)
    return whole | {"course-toml.schema.json": f"{schema}\n"}


_FINDINGS = {"en": "", "kk": ".kk", "ru": ".ru"}
_FINDINGS_SAID = {
    "en": (
        "What a finding means",
        "code",
        "what it means",
        "what to do",
        "Each finding ends with its code in brackets. `coursepack explain CODE` says the same on the terminal,",
        "`--messages kk` and `--messages ru` in the other languages. `*` stands for the name of a format.",
        _MADE,
    ),
    "kk": (
        "Хабарлардың мәні",
        "код",
        "мәні",
        "не істеу керек",
        "Әр хабардың соңында жақша ішінде оның коды тұрады. `coursepack explain КОД --messages kk` сол түсіндірмені",
        "терминалда көрсетеді. `*` орнында пішім атауы тұрады.",
        "Бұл бетті бағдарлама кодынан `python -m tools.reference` жасайды.",
    ),
    "ru": (
        "Что означают сообщения",
        "код",
        "что это значит",
        "что делать",
        "В конце каждого сообщения в скобках стоит его код. `coursepack explain КОД --messages ru` выводит то же",
        "объяснение в терминале. На месте `*` стоит название формата.",
        "Страница создана из кода программы командой `python -m tools.reference`.",
    ),
}


def _findings(language: str) -> list[str]:
    title, code, meaning, advice, *said, made = _FINDINGS_SAID[language]
    lines = [f"# {title}", "", *said, "", made, ""]
    rooms: dict[str, list[str]] = {}
    for key in codes.severities():
        one = codes.explained(key, language)
        worst = messages.of(language)(str(one.severities[0]))
        row = f"| `{key}` | {worst} | {_escaped(one.text)} | {_escaped(one.advice)} |"
        rooms.setdefault("\\*" if key.startswith("*") else key.partition("-")[0], []).append(row)
    head = [f"| {code} | | {meaning} | {advice} |", "| --- | --- | --- | --- |"]
    return lines + [line for room, rows in rooms.items() for line in (f"## {room}", "", *head, *rows, "")]


# --- what a type holds ------------------------------------------------------------------------------------------------


def _said(kind: Any) -> str:
    """A type as an author of course.toml writes it."""
    match kind:
        case shapes.Metadata():
            return _said(kind.type)
        case shapes.UnionType():
            return " or ".join(dict.fromkeys(_said(one) for one in kind.types if not isinstance(one, shapes.NoneType)))
        case shapes.LiteralType():
            return ", ".join(f'`"{value}"`' if isinstance(value, str) else f"`{value}`" for value in kind.values)
        case shapes.CollectionType() | shapes.VarTupleType():
            return f"list of {_said(kind.item_type)}"
        case shapes.DictType() | shapes.StructType():
            return "table"
        case shapes.IntType() | shapes.FloatType():
            return _number(kind)
        case shapes.BoolType():
            return "`true`, `false`"
        case shapes.StrType():
            return "text"
    return "any"


def _number(kind: Any) -> str:
    called = "number" if isinstance(kind, shapes.FloatType) else "whole number"
    bounds = [f"from {kind.ge:g}" if kind.ge is not None else "", f"above {kind.gt:g}" if kind.gt is not None else ""]
    bounds += [f"to {kind.le:g}" if kind.le is not None else ""]
    return " ".join(filter(None, (called, *bounds)))


def _default(field: Any) -> str:
    if field.required:
        return "required"
    value = field.default
    if value is msgspec.NODEFAULT or value is None or value == () or isinstance(value, msgspec.Struct):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


@cache
def _notes(cls: type) -> dict[str, str]:
    """What stands below each attribute of a class."""
    found: dict[str, str] = {}
    (body,) = (node for node in ast.parse(inspect.getsource(cls)).body if isinstance(node, ast.ClassDef))
    for one, below in zip(body.body, body.body[1:], strict=False):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and _is_text(below):
            found[one.target.id] = _plain(ast.literal_eval(ast.unparse(below)))
    return found


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _plain(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split()).replace("``", "`").replace("|", "\\|")


def _reported(cls: type) -> list[str]:
    """The docstring of a class as paragraphs."""
    return [part for each in inspect.cleandoc(cls.__doc__ or "").split("\n\n") for part in (_plain(each), "")]


_BLOCKS = frozenset({"description", "aim", "policies", "blocks"})
"""Blocks of the model; course.toml has a text there."""


def _table(kind: Any, path: str, but: frozenset[str] = frozenset()) -> list[str]:
    notes = _notes(kind.cls)
    rows = []
    for one in kind.fields:
        if one.name == "blocks":
            continue
        held = () if one.name in _BLOCKS else _inside(f"{path}{one.encode_name}", one.type)
        below = [head for head, _ in held]
        holds = f"{_said(one.type)} [{below[0]}](#{_anchor(below[0])})" if below else _said(one.type)
        if one.name not in but:
            rows.append(f"| `{one.encode_name}` | {holds} | {_default(one)} | {notes.get(one.name, '')} |")
    return ["| key | value | default | |", "| --- | --- | --- | --- |", *rows, ""] if rows else []


def _inside(path: str, kind: Any, *, several: bool = False) -> Iterator[tuple[str, Any]]:
    """The tables in a type with the heads that an author writes over them (``[[exam.draw]]``)."""
    match kind:
        case shapes.StructType():
            yield (f"[[{path}]]" if several else f"[{path}]"), kind
            for field in kind.fields:
                if field.name not in _BLOCKS:
                    yield from _inside(f"{path}.{field.encode_name}", field.type)
        case shapes.CollectionType() | shapes.VarTupleType():
            yield from _inside(path, kind.item_type, several=True)
        case shapes.UnionType():
            for one in kind.types:
                yield from _inside(path, one, several=several)
        case shapes.Metadata():
            yield from _inside(path, kind.type, several=several)


def _anchor(head: str) -> str:
    return re.sub(r"[^\w-]", "", head.lower())


def _tables(kind: Any, path: str = "") -> list[str]:
    """A section for each table in those of a type."""
    lines = []
    found = (each for field in kind.fields for each in _inside(f"{path}{field.encode_name}", field.type))
    for head, one in found:
        lines += [f"### {head}", "", *_reported(one.cls), *_table(one, f"{head.strip('[]')}.")]
    return lines


# --- pages ------------------------------------------------------------------------------------------------------------


def _keys() -> list[str]:
    project = _but(shapes.type_info(course_toml.Project), {"writers", "about"})
    about = _but(shapes.type_info(course.About), set())
    inner = _but(about, set(_BLOCKS))
    lines = ["# Every key of course.toml", "", _MADE]
    lines += ["Explanations and examples are in [course.toml](../course-toml.md). An editor that supports JSON Schema"]
    lines += [
        (
            "completes and checks the keys with [course-toml.schema.json](../course-toml.schema.json): put it next to "
            "course.toml and"
        )
    ]
    lines += ["make `#:schema course-toml.schema.json` the first line of course.toml.", ""]
    lines += ["## course.toml", "", *_table(project, "")]
    lines += ["A department.toml has the same keys, except those that apply to one course only"]
    lines += ["([defaults of a department](../course-toml.md#a-departments-defaults)).", "", *_tables(project)]
    lines += ["## About the course", "", "`[about]`, and for the Russian edition `[about.ru]`.", ""]
    lines += [*_as_texts(_table(about, "about.")), *_as_texts(_tables(inner, "about."))]
    lines += ["## Tables of writers", "", "Their keys are in [formats and options](formats.md).", ""]
    return lines


def _but(kind: Any, names: set[str]) -> Any:
    """A struct without some of its keys."""
    return msgspec.structs.replace(kind, fields=tuple(one for one in kind.fields if one.name not in names))


def _as_texts(lines: list[str]) -> list[str]:
    """What the model holds as blocks is a text in course.toml."""
    texts = re.compile(r"^(\| `(?:description|aim)` \|) [^|]*\|")
    tables = re.compile(r"^(\| `policies` \|) [^|]*\|")
    return [tables.sub(r"\1 list of tables: `title`, `text` |", texts.sub(r"\1 text |", line)) for line in lines]


def _formats() -> list[str]:
    lines = ["# Formats and their options", "", _MADE, "", "## Output formats", ""]
    lines += [
        "| format | what it is | options | built by default | written by `convert` |",
        "| --- | --- | --- | --- | --- |",
    ]
    every = dict(writers.installed())
    into = set(convert.formats())
    for name, writer in every.items():
        table = f"[`[{writer.table}]`](#{writer.table})" if writer.table else ""
        marks = ("yes" if writer.default else "", "yes" if name in into else "")
        lines.append(f"| `{name}` | {_escaped(writer.summary.rstrip('.'))} | {table} | {marks[0]} | {marks[1]} |")
    lines += ["", "`coursepack formats` lists the installed formats, including those of plugins.", ""]
    tables = {writer.table: writer.options for writer in every.values() if writer.table}
    for table, options in sorted(tables.items()):
        named = ", ".join(f"`{name}`" for name, writer in every.items() if writer.table == table)
        more = f" Explained in [{_EXPLAINED[table]}](../{_EXPLAINED[table]})." if table in _EXPLAINED else ""
        lines += [
            f"## {table}",
            "",
            f"`[{table}]` of course.toml: options of {named}.{more}",
            "",
            *_reported(options)[2:],
        ]
        kind = shapes.type_info(options)
        lines += [*_table(kind, f"{table}."), *_tables(kind, f"{table}.")]
    endings = ", ".join(f"`{one}`" for one in sorted(readers.endings()))
    lines += [
        "## Input formats",
        "",
        f"File name extensions: {endings}.",
        "",
        "What is read from each: [reading.md](../reading.md),",
    ]
    lines += [
        "[question-banks.md](../question-banks.md). For any other extension, an error says in which format to save",
        "the file.",
        "",
    ]
    return lines


def _commands() -> list[str]:
    lines = [
        "# Commands",
        "",
        _MADE + " Exit codes, colours and JSON output: [the command line](../command-line.md).",
        "",
    ]
    waiting = [click.Context(cli, info_name="coursepack")]
    while waiting:
        context = waiting.pop(0)
        command = context.command
        lines += [f"## {context.command_path}", "", "```text", _usage(context), "```", ""]
        told = inspect.cleandoc(command.help or COMMANDS.get(context.info_name or "", "")).replace("\b", "")
        lines += [part for each in told.split("\n\n") for part in (_escaped(" ".join(each.split())), "")]
        options = [one.get_help_record(context) for one in command.params if isinstance(one, click.Option)]
        rows = [f"| `{_escaped(one[0])}` | {_escaped(one[1])} |" for one in options if one and "--help" not in one[0]]
        lines += ["| option | |", "| --- | --- |", *(row.replace("\n", " ") for row in rows), ""] if rows else []
        if isinstance(command, Command) and command.examples:
            lines += ["```sh", *command.examples, "```", ""]
        if isinstance(command, click.Group):
            found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
            waiting[:0] = [click.Context(one, info_name=name, parent=context) for name, one in found if one]
    return lines


def _usage(context: click.Context) -> str:
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("[[", "\\[[")


def _model() -> list[str]:
    lines = ["# The model of a course", "", _MADE]
    lines += [
        (
            "`course.json` contains it, every reader produces it, and every writer receives it: "
            "[course.schema.json](../course.schema.json)."
        )
    ]
    lines += ["A key without a value is left out of `course.json`.", ""]
    schema: Mapping[str, Any] = course_json.json_schema()
    parts = schema["$defs"]
    for name, part in sorted(parts.items(), key=lambda item: (item[0] != "Course", item[0])):
        told = inspect.cleandoc(part.get("description", "")).split("\n\n")
        lines += [f"## {name}", "", *(line for each in told if each for line in (_plain(each), ""))]
        needed = set(part.get("required", ()))
        rows = [
            f"| `{key}` | {_shape(one)} | {'yes' if key in needed else ''} |"
            for key, one in part.get("properties", {}).items()
        ]
        lines += ["| key | value | required |", "| --- | --- | --- |", *rows, ""] if rows else []
    return lines


def _shape(one: Mapping[str, Any]) -> str:
    """A part of a JSON Schema in words."""
    if "$ref" in one:
        name = str(one["$ref"]).rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in one or "const" in one:
        return ", ".join(f"`{json.dumps(each)}`" for each in one.get("enum", [one.get("const")]))
    if "anyOf" in one:
        return " or ".join(dict.fromkeys(_shape(each) for each in one["anyOf"] if each.get("type") != "null"))
    if one.get("type") == "array":
        return f"list of {_shape(one['items'])}" if one.get("items") else "list"
    if one.get("type") == "object" and isinstance(one.get("additionalProperties"), Mapping):
        return f"object: any key → {_shape(one['additionalProperties'])}"
    kind = one.get("type", "any")
    return ", ".join(kind) if isinstance(kind, list) else str(kind)


def main() -> int:
    """Write the pages; ``--check``: whether any differs is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    wrong = [
        name for name, text in pages().items() if not (DOCS / name).exists() or (DOCS / name).read_text("utf-8") != text
    ]
    for name, text in {} if check else pages().items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, "utf-8")
    if check:
        sys.stdout.writelines(f"differs: docs/{name}\n" for name in wrong)
    return int(check and bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
