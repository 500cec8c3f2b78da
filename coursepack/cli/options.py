"""Options that several commands share."""

from __future__ import annotations

import click

links = click.option(
    "--follow-links",
    is_flag=True,
    help="Read also what a link in a folder leads to: it may be any file of this machine. Refused otherwise.",
)
