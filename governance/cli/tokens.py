"""Access tokens: what programs log in with to the API."""

from __future__ import annotations

from datetime import timedelta

import click

from governance import service
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.speaking import DONE, Out
from governance.model import Text
from governance.service import Governance

FOR = timedelta(days=90)
"""How long a token works when nobody says."""


@click.group(
    "tokens",
    cls=Group,
    said=Text("Adgangsnøgler: det, programmer logger ind med.", "Access tokens: what programs log in with."),
)
def tokens() -> None:
    """The tokens."""


@tokens.command(
    "make",
    cls=Command,
    said=Text(
        "Lav en adgangsnøgle til en konto. Den vises denne ene gang.",
        "Make an access token for an account. It is shown this once.",
    ),
)
@click.argument("login", metavar="LOGIN")
@click.argument("name", metavar="NAME")
@option(
    "--scope",
    "scopes",
    multiple=True,
    default=("read",),
    metavar="WORD",
    da="Hvad den må: read, act, record, score, audit eller keep; flere gange (ellers read).",
    en="What it may: read, act, record, score, audit or keep; several times (else read).",
)
@option(
    "--last-day",
    da="Den sidste dag, den virker (ellers om 90 dage).",
    en="The last day it works (else in 90 days).",
)
@with_governance
def make(
    gov: Governance, out: Out, login: str, name: str, scopes: tuple[str, ...], last_day: str | None
) -> int:
    """A new token."""
    last = last_day or (gov.today + FOR).isoformat()
    made = service.make_token(gov, name, scopes, last, named=login)
    if out.as_json:
        out.json(made)
    else:
        click.echo(made.token)
    return DONE


@tokens.command(
    "list",
    cls=Command,
    said=Text("Vis alles adgangsnøgler, eller én kontos.", "Show everybody's tokens, or an account's."),
)
@click.argument("login", metavar="[LOGIN]", required=False)
@with_governance
def list_(gov: Governance, out: Out, login: str | None) -> int:
    """The tokens, without their secrets."""
    found = service.tokens(gov, named=login or "")
    if out.as_json:
        out.json(found)
        return DONE
    if not found:
        out.line(Text("Der er ingen adgangsnøgler.", "There are no access tokens."))
        return DONE
    head = (
        Text("Id", "Id"),
        Text("Login", "Login"),
        Text("Navn", "Name"),
        Text("Omfang", "Scope"),
        Text("Sidste dag", "Last day"),
        Text("Står", "Stands"),
    )
    out.table(
        head,
        [
            (each.id, each.login, each.name, ", ".join(each.scopes), each.last_day, each.state)
            for each in found
        ],
    )
    return DONE


@tokens.command(
    "revoke",
    cls=Command,
    said=Text("Tilbagekald en adgangsnøgle.", "Revoke an access token."),
)
@click.argument("token", metavar="ID")
@with_governance
def revoke(gov: Governance, out: Out, token: str) -> int:
    """A token works no more."""
    service.revoke(gov, token)
    if out.as_json:
        out.json({"revoked": token})
    else:
        out.line(Text(f"{token} er tilbagekaldt.", f"{token} is revoked."))
    return DONE
