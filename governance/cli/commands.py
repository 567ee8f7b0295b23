"""The commands, gathered."""

from __future__ import annotations

from importlib.metadata import version
from typing import NoReturn

import click

from governance.cli.access import access
from governance.cli.accounts import accounts
from governance.cli.acting import advance
from governance.cli.adopting import adopt
from governance.cli.auditing import audit
from governance.cli.bilingual import Group, Option
from governance.cli.consulting import answer, consult
from governance.cli.group import report, seats
from governance.cli.importing import export, import_
from governance.cli.items import add, complete, correct, record
from governance.cli.looking import history, items, steps, way
from governance.cli.meetings import meetings
from governance.cli.offices import offices
from governance.cli.openapi import openapi
from governance.cli.papers import papers
from governance.cli.people import people
from governance.cli.planning import plan
from governance.cli.rotation import check, forecast
from governance.cli.rounds import rounds
from governance.cli.rules import rules
from governance.cli.running import demo, init, serve
from governance.cli.todo import todo
from governance.cli.tokens import tokens
from governance.cli.upkeep import backup, doctor, restore
from governance.model import Text


def _show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click calls it
    if wanted:
        click.echo(f"governance {version('dubu-governance')}")
        ctx.exit(0)


@click.group(
    cls=Group,
    said=Text(
        "Kommissoriets regler, holdt op mod hver sag: hvad der er tilladt, hvad ikke, og præcis hvorfor.",
        "The terms of reference as rules, held against every item: what is allowed, what not, and why.",
    ),
)
@click.option(
    "--language",
    cls=Option,
    said=Text("Sproget: da eller en.", "The language: da or en."),
    type=click.Choice(["da", "en"]),
    expose_value=False,
)
@click.option(
    "--version",
    cls=Option,
    said=Text("Vis versionen.", "Show the version."),
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
)
def cli() -> None:
    """The command line."""


for _command in (
    demo,
    init,
    serve,
    add,
    record,
    correct,
    complete,
    items,
    steps,
    advance,
    consult,
    answer,
    history,
    way,
    todo,
    meetings,
    rounds,
    seats,
    report,
    import_,
    export,
    papers,
    rules,
    people,
    accounts,
    offices,
    tokens,
    access,
    audit,
    doctor,
    openapi,
    backup,
    restore,
):
    cli.add_command(_command)
rules.add_command(adopt)
for _command in (check, forecast, plan):
    seats.add_command(_command)


def main() -> NoReturn:
    """The entry point of the ``governance`` command."""
    cli.main()
