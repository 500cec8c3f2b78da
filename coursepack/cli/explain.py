"""``coursepack explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from coursepack.cli.options import Command

if TYPE_CHECKING:
    from coursepack.languages.codes import Explanation


@click.command("explain", cls=Command, examples=("coursepack explain container-encrypted", "coursepack explain --all"))
@click.argument("codes", nargs=-1, metavar="[CODE...]")
@click.option("--all", "every", is_flag=True, help="Explain every code.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanations as JSON.")
def command(codes: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Explain the code of a finding and what to do about it.

    The code is printed in brackets at the end of a finding, as in [container-encrypted].
    """
    from coursepack.cli import localization, terminal
    from coursepack.languages import codes as table

    if not codes and not every:
        raise click.UsageError("Missing argument 'CODE...'.")
    named = [*table.severities()] if every else [code.strip("[] ") for code in codes]
    if as_json:
        terminal.data([_in_every_language(code) for code in named])
        return
    for at, code in enumerate(named):
        terminal.block("\n".join((*([""] if at else []), *_lines(_explained(code, localization.language())))) + "\n")


def _in_every_language(code: str) -> dict[str, Any]:
    from coursepack.languages import messages

    found = {language: _explained(code, language) for language in messages.spoken()}
    return {
        "code": code,
        "severities": next(iter(found.values())).severities,
        "text": {language: one.text for language, one in found.items()},
        "advice": {language: one.advice for language, one in found.items()},
    }


def _explained(code: str, language: str) -> Explanation:
    from coursepack.languages import codes as table
    from coursepack.place import CoursepackError
    from coursepack.similar import near

    try:
        return table.explained(code, language)
    except KeyError:
        meant = near(code, table.severities())
        advice = (
            f"did you mean {meant}?"
            if meant
            else "«coursepack explain --all» lists all codes; those of plugins are explained by the plugin"
        )
        raise CoursepackError(f"{code}: no finding has this code", None, advice) from None


def _lines(one: Explanation) -> tuple[str, ...]:
    from coursepack.cli import localization

    return f"{one.code} ({', '.join(map(localization.said, one.severities))})", f"  {one.text}", f"  -> {one.advice}"
