"""Accounts, offices and access tokens: who may log in, and what they may do."""

from __future__ import annotations

import sys

import click

from governance import service
from governance.cli.asking import option, with_governance, with_new_governance
from governance.cli.bilingual import Command, Group
from governance.cli.speaking import DONE, Out
from governance.model import RequestError, Text
from governance.service import AccountView, Governance, OfficeView

PASSWORD = {
    "da": "Læs adgangskoden fra standardinput i stedet for at spørge.",
    "en": "Read the password from standard input instead of asking.",
}
OPEN, SHUT = Text("åben", "open"), Text("lukket", "disabled")
ADDED = Text("lavet", "made")


@click.group(
    "accounts",
    cls=Group,
    said=Text("Konti: hvem der kan logge ind på siderne.", "Accounts: who can log in to the pages."),
)
def accounts() -> None:
    """The accounts."""


@accounts.command(
    "add",
    cls=Command,
    said=Text(
        "Lav en konto. Den første skal være en administrator (--administrator).",
        "Make an account. The first one is to be an administrator (--administrator).",
    ),
)
@click.argument("login", metavar="LOGIN")
@option("--person", required=True, metavar="NAME", da="Hvem der har den.", en="Who has it.")
@option(
    "--email",
    default="",
    metavar="ADDRESS",
    da="E-mailen, som en loginudbyder står inde for.",
    en="The e-mail that a login provider vouches for.",
)
@option("--administrator", is_flag=True, da="Må passe konti og embeder.", en="May keep accounts and offices.")
@option("--no-password", is_flag=True, da="Kun login ved en udbyder.", en="Login by a provider only.")
@option("--stdin", "from_stdin", is_flag=True, **PASSWORD)
@with_new_governance
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    login: str,
    person: str,
    email: str,
    administrator: bool,  # noqa: FBT001 - click names it
    no_password: bool,  # noqa: FBT001
    from_stdin: bool,  # noqa: FBT001
) -> int:
    """A new account."""
    password = "" if no_password else _password(out, from_stdin=from_stdin)
    made = service.add_account(
        gov, login, person, password=password, email=email, administrator=administrator
    )
    _tell(out, made, ADDED)
    return DONE


@accounts.command("list", cls=Command, said=Text("Vis alle konti.", "Show every account."))
@with_governance
def list_(gov: Governance, out: Out) -> int:
    """Every account."""
    found = service.accounts(gov)
    if out.as_json:
        out.json(found)
        return DONE
    if not found:
        out.line(
            Text(
                "Der er ingen konti; lav den første med `governance accounts add`.",
                "There are no accounts; make the first with `governance accounts add`.",
            )
        )
        return DONE
    head = (Text("Login", "Login"), Text("Navn", "Name"), Text("Står", "Stands"), Text("Embeder", "Offices"))
    out.table(
        head,
        [(each.login, each.name, SHUT if each.disabled_at else OPEN, _held(each.offices)) for each in found],
    )
    return DONE


@accounts.command(
    "password",
    cls=Command,
    said=Text(
        "Giv en konto en ny adgangskode; dens login sluttes alle steder.",
        "Give an account a new password; it is logged out everywhere.",
    ),
)
@click.argument("login", metavar="LOGIN")
@option("--stdin", "from_stdin", is_flag=True, **PASSWORD)
@with_governance
def password_(gov: Governance, out: Out, login: str, from_stdin: bool) -> int:  # noqa: FBT001 - click names it
    """Another password."""
    service.set_password(gov, login, _password(out, from_stdin=from_stdin))
    _tell(out, service.account(gov, login), Text("har en ny adgangskode", "has a new password"))
    return DONE


@accounts.command(
    "disable",
    cls=Command,
    said=Text(
        "Luk en konto: den kan ikke logge ind, og det, den er logget ind med, sluttes.",
        "Disable an account: it cannot log in, and where it is logged in, that is ended.",
    ),
)
@click.argument("login", metavar="LOGIN")
@with_governance
def disable(gov: Governance, out: Out, login: str) -> int:
    """No more login."""
    _tell(out, service.disable_account(gov, login), SHUT)
    return DONE


@accounts.command("enable", cls=Command, said=Text("Åbn en lukket konto.", "Enable a disabled account."))
@click.argument("login", metavar="LOGIN")
@with_governance
def enable(gov: Governance, out: Out, login: str) -> int:
    """Login again."""
    _tell(out, service.enable_account(gov, login), OPEN)
    return DONE


def _tell(out: Out, account: AccountView, done: Text) -> None:
    if out.as_json:
        out.json(account)
        return
    who = f"{account.login} ({account.name})"
    out.line(Text(f"{who}: {done.da}.", f"{who}: {done.en}."))


def _held(offices: tuple[OfficeView, ...]) -> str:
    held = (each for each in offices if each.held)
    return "; ".join(" ".join(filter(None, (each.role, each.body, each.organisation))) for each in held)


def _password(out: Out, *, from_stdin: bool) -> str:
    """The password, asked for unseen and twice, or a line of standard input; never a word of the command."""
    if from_stdin:
        return sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    asked = out(Text("Adgangskode", "Password")), out(Text("Samme igen", "The same again"))
    first, again = (click.prompt(words, hide_input=True, err=True) for words in asked)
    if first != again:
        raise RequestError(
            Text("de to adgangskoder er ikke ens; prøv igen", "the two passwords are not alike; try again")
        )
    return str(first)
