"""``coursepack completion``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from coursepack.cli.options import Command

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_COURSEPACK_COMPLETE"
"""click calls the program with it to ask what may come next (click, «Shell Completion»)."""


@click.command("completion", cls=Command, examples=("coursepack completion bash --install",))
@click.argument("shell", type=click.Choice(SHELLS))
@click.option("--install", is_flag=True, help="Save the script where the shell looks for it.")
def command(shell: str, install: bool) -> None:
    """Print the script with which SHELL completes commands, options and file names, or install it."""
    from click.shell_completion import get_completion_class

    from coursepack.cli import cli, terminal

    result = get_completion_class(shell)
    if result is None:  # not known to this version of click
        raise click.UsageError(f"no completion for {shell}")
    script = result(cli, {}, "coursepack", _VARIABLE).source()
    if not install:
        terminal.block(f"{script.rstrip()}\n")
        return
    from coursepack import publish

    target = _place(shell)
    target.parent.mkdir(parents=True, exist_ok=True)
    publish.file(target, [f"{script.rstrip()}\n".encode()])
    terminal.line(f"wrote {target}; a new {shell} has it")
    if shell == "zsh":
        terminal.line(f"zsh reads it if ~/.zshrc contains this line above compinit: fpath+=({target.parent})")


def _place(shell: str) -> Path:
    """Where a shell looks for scripts of a user (bash-completion: README; fish: «Where to put completions»)."""
    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
    return {
        "bash": data / "bash-completion" / "completions" / "coursepack",
        "zsh": data / "zsh" / "site-functions" / "_coursepack",
        "fish": settings / "fish" / "completions" / "coursepack.fish",
    }[shell]
