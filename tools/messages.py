"""Collect the messages of coursepack from its source into ``coursepack/languages/*/messages.po``, as xgettext does:
``python -m tools.messages``. With ``--check`` nothing is written; it ends with 1 where a catalogue is not as the source
is, or a message cannot be seen.

Call sites stay plain English: every text that reaches a finding, an error or the terminal is found by following the
source (``message_flow``). An f-string becomes a message with fields, ``{count} more questions``; a field that is itself
a message is written ``{reason:said}``. What stands in tables of TOML, what libraries say and words put together at run
time are listed in ``messages.toml``.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from coursepack.languages.messages import MessageField, parsed
from tools.message_flow import Field, Flow, Scope, Source, Template, Value, called, worded

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "coursepack"
DOMAIN = "messages.po"
LANGUAGES = ("en", "kk", "ru")


@cache
def settings() -> dict[str, Any]:
    """``messages.toml``: what is printed, by name, and messages that no Python says."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


# --- what reaches a person -------------------------------------------------------------------------------------------


def errors(source: Source) -> set[str]:
    """Every exception of the package, and ``ValueError``: what is wrong is told by whoever catches it."""
    known = {"Exception", "ValueError"}
    bases = [
        (node.name, {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases})
        for module in source.modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    ]
    for _ in range(3):
        known |= {name for name, of in bases if of & known}
    return known


def sinks(source: Source) -> dict[str, list[tuple[int, str]]]:
    """What is called with a message → positions and names of its arguments that are one."""
    found = {name: [(0, "message"), (2, "advice")] for name in errors(source)} | {
        "_LayoutError": [(0, "message"), (1, "advice")]
    }
    for name, arguments in settings()["calls"].items():
        found[name] = [(int(at), word) for at, word in arguments]
    return found


def called_as(call: ast.Call, scope: Scope) -> list[str]:
    """The names of what a call may call: of ``say = warning if … else error; say(…)`` both."""
    if isinstance(call.func, ast.Attribute):
        return [call.func.attr]
    held: list[ast.expr] = [call.func]
    if isinstance(call.func, ast.Name):
        held += [origin.value for origin in scope.assigned.get(call.func.id, [])]
    return list(dict.fromkeys(node.id for one in held for node in ast.walk(one) if isinstance(node, ast.Name)))


def _given(call: ast.Call, arguments: Iterable[tuple[int, str]]) -> Iterator[ast.expr]:
    for at, name in arguments:
        if at < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[: at + 1]):
            yield call.args[at]
        yield from (keyword.value for keyword in call.keywords if keyword.arg == name)


def seen(source: Source) -> Iterator[tuple[str, Value]]:
    """Every expression that a person may be shown, with where it stands."""
    table = sinks(source)
    only = settings()["only"]
    for module in source.modules.values():
        if module.name == "coursepack.place":
            continue
        for call, scope in module.calls:
            for name in called_as(call, scope):
                if name in table and module.name.startswith(tuple(only.get(name, ("coursepack",)))):
                    yield from (
                        (f"{module.name}:{call.lineno}", Value(one, scope)) for one in _given(call, table[name])
                    )
    for name, variables in settings()["tables"].items():
        if name not in source.modules:
            continue
        scope = source.modules[name].scope
        for variable in variables:
            for one in _leaves_of_table(scope.assigned[variable][0].value):
                yield f"{name}.{variable}", Value(one, scope)
    for name in settings()["returns"]:
        module_name, _, function = name.rpartition(".")
        held = source.modules.get(module_name)
        for scope in held.functions[function] if held else ():
            appended = (one for held in scope.appended.values() for one in held)
            for one in (*scope.returned, *scope.yielded, *appended):
                yield from ((name, Value(text, scope)) for text in (one.elts if isinstance(one, ast.Tuple) else [one]))


def _leaves_of_table(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Dict(values=held):
            for one in held:
                yield from _leaves_of_table(one)
        case ast.Tuple(elts=held) | ast.List(elts=held) | ast.Set(elts=held):
            for one in held:
                yield from _leaves_of_table(one)
        case ast.Call(args=held):
            for one in held:
                yield from _leaves_of_table(one)
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield node


def helps(source: Source) -> Iterator[str]:
    """The help of commands, a message a paragraph, and of their options."""
    for module in source.modules.values():
        if not module.name.startswith("coursepack.cli"):
            continue
        for call, _ in module.calls:
            yield from (
                str(keyword.value.value)
                for keyword in call.keywords
                if keyword.arg == "help" and isinstance(keyword.value, ast.Constant)
            )
        for scopes in module.functions.values():
            for scope in scopes:
                if isinstance(scope.node, ast.FunctionDef) and any(map(_is_command, scope.node.decorator_list)):
                    yield from paragraphs(ast.get_docstring(scope.node) or "")


def _is_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and called(decorator) in {"command", "group"}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a help text, each as one line."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text) if one.strip()]


def listed() -> Iterator[str]:
    """The messages of ``messages.toml``, and those in tables of the package that it names."""
    said = settings()
    for texts in said["listed"].values():
        yield from texts  # fields are written as in a catalogue
    for pattern, keys in said["data"].items():
        for path in sorted(ROOT.glob(pattern)):
            yield from _under(tomllib.loads(path.read_text("utf-8")), frozenset(keys))


def _under(value: Any, keys: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            if key in keys and isinstance(held, str):
                yield held
            else:
                yield from _under(held, keys)
    elif isinstance(value, list):
        for held in value:
            yield from _under(held, keys)


# --- message ids -----------------------------------------------------------------------------------------------------


def msgid(template: Template) -> str:
    """A template as it stands in a catalogue: fields in braces, each name once, braces of the text doubled."""
    made, used = "", dict[str, int]()
    for part in stripped(template):
        if isinstance(part, str):
            made += part.replace("{", "{{").replace("}", "}}")
            continue
        used[part.name] = number = used.get(part.name, 0) + 1
        made += f"{{{part.name}{number if number > 1 else ''}{':said' if part.said else ''}}}"
    return made


def stripped(template: Template) -> Template:
    """Without blanks around it: they are kept around the translation."""
    parts = list(template)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(parts)


def shape(template: Template) -> tuple[str | None, ...]:
    """What two templates have in common that no message can tell apart."""
    return tuple(part if isinstance(part, str) else None for part in stripped(template))


_DEEP = 5000
"""A text is followed through calls of calls, also below the frames of a test."""


def collected(source: Source) -> tuple[list[str], list[str]]:
    """All message ids, in order of the source, and the places of those expressions that nothing is seen of."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _DEEP))
    found, blind = _expressions(source)
    for text in helps(source):
        _keep(found, (text,))
    for text in listed():
        _keep(found, read(text))
    return list(dict.fromkeys(map(msgid, found.values()))), blind


def of_expressions(source: Source) -> list[str]:
    """The message ids that expressions of the source make."""
    return list(dict.fromkeys(map(msgid, _expressions(source)[0].values())))


def _expressions(source: Source) -> tuple[dict[tuple[str | None, ...], Template], list[str]]:
    said = settings()
    words = frozenset(said["listed"]["words"])
    flow = Flow(source, words=words, raw=said["raw"])
    found: dict[tuple[str | None, ...], Template] = {}
    blind: dict[str, None] = {}
    for place, value in seen(source):
        texts = flow.texts(value)
        for template in texts:
            if worded(template) and (len(template) > 1 or " " in str(template[0]) or template[0] in words):
                _keep(found, template)
        if not texts or all(len(one) == 1 and isinstance(one[0], Field) and not one[0].said for one in texts):
            blind[f"{place}: {ast.unparse(value.node)}"] = None
    for template in flow.within:
        _keep(found, template)
    return found, list(blind)


def read(text: str) -> Template:
    """A message as it stands in a catalogue; ``msgid`` the other way round."""
    return tuple(Field(part.name, part.said) if isinstance(part, MessageField) else part for part in parsed(text))


def _keep(found: dict[tuple[str | None, ...], Template], template: Template) -> None:
    """One template a shape; a field that is said anywhere is said everywhere."""
    if msgid(template) in settings()["no_messages"]:
        return
    key = shape(template)
    other = found.get(key)
    if other is None:
        found[key] = template
    else:
        found[key] = tuple(
            Field(a.name, a.said or (isinstance(b, Field) and b.said)) if isinstance(a, Field) else a
            for a, b in zip(stripped(other), stripped(template), strict=True)
        )


# --- catalogues ------------------------------------------------------------------------------------------------------


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    path = PACKAGE / "languages" / language / DOMAIN
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as opened:
        return read_po(opened, locale=language)


def singulars() -> dict[str, str]:
    """The messages that count, with their singular: the English catalogue pairs them, by hand."""
    return {message.id[1]: message.id[0] for message in catalogue("en") if isinstance(message.id, tuple | list)}


def updated(language: str, ids: Iterable[str]) -> Catalog:
    """A catalogue of these messages with the translations that there are; stale ones are gone."""
    kept = {text(message): message.string for message in catalogue(language)}
    new = Catalog(locale=language, fuzzy=False)
    pairs = singulars()
    for each in ids:
        string = kept.get(each) or ""
        if each in pairs:
            forms = tuple(string) if isinstance(string, tuple | list) else (string,) * new.num_plurals
            new[pairs[each]] = Message((pairs[each], each), string=forms)
        else:
            new[each] = Message(each, string=string if isinstance(string, str) else string[-1])
    return new


def text(message: Message) -> str:
    """The id of a message as the source has it: the plural of those that count."""
    return str(message.id if isinstance(message.id, str) else message.id[1])


def head(language: str) -> str:
    """The head of a catalogue: no date, so that the same source gives the same bytes."""
    rule = Catalog(locale=language).plural_forms
    lines = ("Content-Type: text/plain; charset=UTF-8", f"Language: {language}", f"Plural-Forms: {rule}")
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def written(language: str, ids: Iterable[str]) -> bytes:
    """The bytes of a catalogue."""
    import io

    out = io.BytesIO()
    write_po(out, updated(language, ids), omit_header=True, width=0)
    return head(language).encode() + out.getvalue().strip() + b"\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the catalogues, or say what is not as the source is."""
    parser = argparse.ArgumentParser(prog="tools.messages", description=__doc__.partition("\n\n")[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    ids, blind = collected(Source(PACKAGE))
    different = []
    for language in LANGUAGES:
        path = PACKAGE / "languages" / language / DOMAIN
        made = written(language, ids)
        if not path.is_file() or path.read_bytes() != made:
            different.append(str(path.relative_to(ROOT)))
            if not check:
                path.write_bytes(made)
    for line in blind:
        print(f"not seen: {line}")  # noqa: T201 - a command line of its own
    for name in different:
        print(f"{'differs' if check else 'written'}: {name}")  # noqa: T201
    print(f"{len(ids)} messages")  # noqa: T201
    return int(check and bool(different))


if __name__ == "__main__":
    sys.exit(main())
