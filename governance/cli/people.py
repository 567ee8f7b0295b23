"""People: who the references stand for, and how somebody is erased."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import KEY, RECORDER, option, with_governance, with_new_governance
from governance.cli.bilingual import Command, Group
from governance.cli.erasures import tell_erasure, tell_mentions
from governance.cli.speaking import DONE, REFUSED, Out
from governance.model import Text
from governance.service import Governance, PersonLine


@click.group(
    "people",
    cls=Group,
    said=Text(
        "Personer: navne står for sig, og begivenheder har kun referencer.",
        "People: names stand apart, and events hold references only.",
    ),
)
def people() -> None:
    """The people."""


@people.command(
    "add", cls=Command, said=Text("Skriv en person ned; svarer referencen.", "Write a person down.")
)
@click.argument("name", metavar="NAME")
@option("--contact", default="", da="Mail, telefon eller adresse.", en="Mail, telephone or address.")
@option("--key", default="", **KEY)
@with_new_governance
def add(gov: Governance, out: Out, name: str, contact: str, key: str) -> int:
    """A new person."""
    made = service.add_person(gov, name, contact=contact, key=key)
    if out.as_json:
        out.json(made)
        return DONE
    click.echo(made.ref)
    _tell_same_name(out, made)
    return DONE


@people.command("list", cls=Command, said=Text("Vis alle, der er skrevet ned.", "Show everybody."))
@with_governance
def list_(gov: Governance, out: Out) -> int:
    """Everybody."""
    found = service.people(gov)
    if out.as_json:
        out.json(found)
    elif not found:
        out.line(Text("Der er ingen personer.", "There are no people."))
    else:
        head = (Text("Reference", "Reference"), Text("Navn", "Name"), Text("Kontakt", "Contact"))
        out.table(head, [(each.ref, each.name, each.contact) for each in found])
    return DONE


@people.command(
    "show",
    cls=Command,
    said=Text(
        "Vis en person: navn, kontakt, og hvor personen forekommer.",
        "Show a person: name, contact, and where they occur.",
    ),
)
@click.argument("ref", metavar="REF")
@with_governance
def show(gov: Governance, out: Out, ref: str) -> int:
    """A person."""
    found = service.person(gov, ref)
    if out.as_json:
        out.json(found)
        return DONE
    out.line(f"{found.ref}: {found.name}{f', {found.contact}' if found.contact else ''}")
    if found.former:
        names = ", ".join(found.former)
        out.line(Text(f"Tidligere navne: {names}", f"Former names: {names}"))
    if found.events:
        out.line(Text("Har handlet eller registreret:", "Has acted or recorded:"))
        tell_mentions(out, found.events)
    if found.texts:
        out.line(Text("Tekster om personen, eller med navnet:", "Texts about them, or with the name:"))
        tell_mentions(out, found.texts)
    return DONE


@people.command(
    "rename", cls=Command, said=Text("Giv en person et andet navn.", "Give a person another name.")
)
@click.argument("ref", metavar="REF")
@click.argument("name", metavar="NAME")
@with_governance
def rename(gov: Governance, out: Out, ref: str, name: str) -> int:
    """Another name."""
    done = service.rename_person(gov, ref, name)
    if out.as_json:
        out.json(done)
        return DONE
    out.line(
        Text(
            f"{ref} hedder nu {done.name}. Tekster med det gamle navn står, og det huskes som et tidligere "
            "navn, som `people erase` også sletter.",
            f"{ref} is now called {done.name}. Texts with the old name stay, and it is kept as a former "
            "name, which `people erase` erases too.",
        )
    )
    _tell_same_name(out, done)
    return DONE


@people.command(
    "erase",
    cls=Command,
    said=Text(
        "Slet en persons navn, kontakt og tekster om personen fra databasens egne filer. Uden --yes vises "
        "kun, hvad der går (udgang 1). Ord på under fire tegn findes kun som hele ord.",
        "Erase a person's name, contact and the texts about them from the database's own files. Without "
        "--yes, only what would go is shown (exit 1). Words under four letters are found as whole words.",
    ),
)
@click.argument("ref", metavar="REF")
@option("--reason", required=True, da="Hvorfor, uden navnet.", en="Why, without the name.")
@option(
    "--also",
    multiple=True,
    metavar="WORD",
    da="Et ord mere, hvis tekster skal væk, som et kaldenavn.",
    en="One more word whose texts are to go, such as a nickname.",
)
@option("--yes", is_flag=True, da="Gør det. Det kan ikke fortrydes.", en="Do it. There is no way back.")
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def erase(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    ref: str,
    reason: str,
    also: tuple[str, ...],
    yes: bool,  # noqa: FBT001 - click names it
    recorder: str,
    key: str,
) -> int:
    """Somebody is taken out."""
    if yes:
        found = service.erase_person(gov, ref, reason=reason, also=also, recorder=recorder, key=key)
    else:
        found = service.erasure_of(gov, ref, also=also)
    if out.as_json:
        out.json(found)
    else:
        tell_erasure(out, found)
    return DONE if found.done and found.swept else REFUSED


def _tell_same_name(out: Out, person: PersonLine) -> None:
    if person.same_name:
        others = ", ".join(person.same_name)
        out.line(
            Text(
                f"Samme navn har {others}; skriv referencen, når du mener en af dem.",
                f"{others} has the same name; write the reference when you mean one of them.",
            )
        )
