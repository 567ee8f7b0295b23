"""Offices: who may do what, for which body and organisation, from when to when."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.speaking import DONE, Out
from governance.model import Text
from governance.service import Governance, OfficeView


@click.group(
    "offices",
    cls=Group,
    said=Text("Embeder: hvem der må hvad, og hvornår.", "Offices: who may do what, and when."),
)
def offices() -> None:
    """The offices."""


@offices.command(
    "grant",
    cls=Command,
    said=Text(
        "Giv en konto et embede: sekretariat, mandat (med --body), medlem (med --body og --organisation), "
        "laeser, revisor eller administrator.",
        "Grant an account an office: sekretariat, mandat (with --body), medlem (with --body and "
        "--organisation), laeser, revisor or administrator.",
    ),
)
@click.argument("login", metavar="LOGIN")
@click.argument("role", metavar="ROLE")
@option("--body", default="", metavar="BODY", da="Organet, det er i.", en="The body it is in.")
@option(
    "--organisation",
    default="",
    metavar="ORGANISATION",
    da="Organisationen, det er for.",
    en="The organisation it is for.",
)
@option("--from", "from_", default="", da="Den første dag (ellers i dag).", en="The first day (else today).")
@option("--to", default="", da="Den sidste dag (ellers uden slutning).", en="The last day (else no end).")
@with_governance
def grant(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance, out: Out, login: str, role: str, body: str, organisation: str, from_: str, to: str
) -> int:
    """A new office."""
    made = service.grant_office(gov, login, role, body=body, organisation=organisation, from_=from_, to=to)
    _tell(out, (made,), one=True)
    return DONE


@offices.command(
    "withdraw",
    cls=Command,
    said=Text(
        "Træk et embede tilbage; den næste handling afvises, og linjen bliver stående.",
        "Withdraw an office; the next act is refused, and the line stays.",
    ),
)
@click.argument("office", metavar="ID")
@with_governance
def withdraw(gov: Governance, out: Out, office: str) -> int:
    """An office is taken back."""
    _tell(out, (service.withdraw_office(gov, office),), one=True)
    return DONE


@offices.command(
    "list",
    cls=Command,
    said=Text(
        "Vis alles embeder, eller én kontos, også de tidligere.",
        "Show everybody's offices, or those of one account, past ones too.",
    ),
)
@click.argument("login", metavar="[LOGIN]", required=False)
@with_governance
def list_(gov: Governance, out: Out, login: str | None) -> int:
    """The offices."""
    _tell(out, service.offices(gov, login or ""))
    return DONE


def _tell(out: Out, found: tuple[OfficeView, ...], *, one: bool = False) -> None:
    if out.as_json:
        out.json(found[0] if one else found)
        return
    if not found:
        out.line(Text("Der er ingen embeder.", "There are no offices."))
        return
    head = (
        Text("Id", "Id"),
        Text("Login", "Login"),
        Text("Rolle", "Role"),
        Text("Organ", "Body"),
        Text("Organisation", "Organisation"),
        Text("Fra", "From"),
        Text("Til", "To"),
        Text("Står", "Stands"),
    )
    out.table(
        head,
        [
            (
                each.id,
                each.login or each.name,
                each.role,
                each.body,
                each.organisation,
                each.from_,
                each.to,
                each.state,
            )
            for each in found
        ],
    )
