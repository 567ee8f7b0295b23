"""Write down: an item, a fact, a correction, that nothing is missing."""

from __future__ import annotations

import click

from governance import service
from governance.cli.acting import tell_proof
from governance.cli.asking import (
    KEY,
    ON,
    ORIGIN,
    RECORDER,
    SOURCE,
    VERSION,
    option,
    pairs,
    version_of,
    whole_number,
    with_governance,
    with_new_governance,
)
from governance.cli.bilingual import Command
from governance.cli.speaking import DONE, Out
from governance.model import RequestError, Text
from governance.service import Governance, Receipt


def receipt_said(out: Out, receipt: Receipt, done: Text) -> int:
    """Tell what was stored."""
    if out.as_json:
        out.json(receipt)
    else:
        out.line(
            Text(
                f"{receipt.entity}: {done.da} (begivenhed {receipt.event}, version {receipt.version})",
                f"{receipt.entity}: {done.en} (event {receipt.event}, version {receipt.version})",
            )
        )
        tell_proof(out, receipt)
    return DONE


@click.command(
    "add",
    cls=Command,
    said=Text(
        "Opret en sag, eller en af gruppens ting (plads, periode, møde ...) med --link og --fact.",
        "Enter an item, or a thing of the group (seat, term, meeting ...) with --link and --fact.",
    ),
)
@click.argument("item", metavar="ITEM")
@option("--kind", required=True, da="Sagstypen, eller tingens art.", en="The kind of item or thing.")
@option("--title", default="", da="Titlen.", en="The title.")
@option("--parent", default="", da="Den sag, den er et spor af.", en="The item it is a track of.")
@option(
    "--link",
    "links",
    multiple=True,
    metavar="NAME=ID",
    da="Hvad tingen hører til.",
    en="What the thing belongs to.",
)
@option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    da="Hvad der vides om tingen.",
    en="What is known of the thing.",
)
@option("--on", default="", **ON)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--origin", default="live", **ORIGIN)
@option("--key", default="", **KEY)
@with_new_governance
def add(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    item: str,
    kind: str,
    title: str,
    parent: str,
    links: tuple[str, ...],
    facts: tuple[str, ...],
    on: str,
    source: str,
    recorder: str,
    origin: str,
    key: str,
) -> int:
    """Enter an item or a thing."""
    if kind not in service.RECORDED_KINDS:
        if links or facts:
            raise RequestError(
                Text(
                    "--link og --fact hører til gruppens ting; brug `governance record` til en sag",
                    "--link and --fact are for things of the group; use `governance record` for an item",
                )
            )
        receipt = service.add_item(
            gov,
            item,
            kind,
            title,
            parent=parent,
            on=on,
            origin=origin,
            source=source,
            recorder=recorder,
            key=key,
        )
    else:
        receipt = service.record_thing(
            gov,
            item,
            kind,
            links=pairs(links),
            facts=pairs(facts),
            title=title,
            on=on,
            origin=origin,
            source=source,
            recorder=recorder,
            key=key,
        )
    return receipt_said(out, receipt, Text("oprettet", "entered"))


@click.command(
    "record",
    cls=Command,
    said=Text(
        "Skriv oplysninger ned: et estimat (1/4, 1/2..1), en størrelse (XS eller XS|M), et svar.",
        "Write facts down: an estimate (1/4, 1/2..1), a size (XS or XS|M), an answer.",
    ),
)
@click.argument("item", metavar="ITEM")
@click.argument("fact", metavar="FACT=VALUE")
@option(
    "--set",
    "more",
    multiple=True,
    metavar="FACT=VALUE",
    da="En oplysning mere; alle skrives ned, eller ingen.",
    en="One fact more; all are written down, or none.",
)
@option("--source", required=True, **SOURCE)
@option("--on", default="", **ON)
@option("--recorder", default="", **RECORDER)
@option("--origin", default="live", **ORIGIN)
@option("--version", "seen", metavar="NUMBER", **VERSION)
@option(
    "--about",
    default="",
    metavar="REF",
    da="Den person, en fri tekst handler om; teksten går, når personen slettes.",
    en="The person a free text is about; the text goes when they are erased.",
)
@option("--key", default="", **KEY)
@with_governance
def record(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    item: str,
    fact: str,
    more: tuple[str, ...],
    source: str,
    on: str,
    recorder: str,
    origin: str,
    seen: str | None,
    about: str,
    key: str,
) -> int:
    """Write facts down."""
    facts = pairs([fact, *more])
    receipt = service.record_facts(
        gov,
        item,
        facts,
        source=source,
        on=on,
        recorder=recorder,
        version=version_of(seen),
        origin=origin,
        about=about,
        key=key,
    )
    *first, last = facts
    names = f"{', '.join(first)} og {last}" if first else last
    english = f"{', '.join(first)} and {last}" if first else last
    done = Text(f"{names} er skrevet ned", f"{english} {'are' if first else 'is'} written down")
    return receipt_said(out, receipt, done)


@click.command(
    "correct",
    cls=Command,
    said=Text(
        "Ret en begivenhed, der er skrevet forkert ned; den gamle bliver stående som rettet.",
        "Correct an event that was written down wrongly; the old one stays, marked as corrected.",
    ),
)
@click.argument("event", metavar="EVENT")
@option("--reason", required=True, da="Hvad der var galt.", en="What was wrong.")
@option(
    "--value",
    da="Den rigtige værdi; ellers bortfalder begivenheden.",
    en="The right value; else the event falls away.",
)
@option("--recorder", default="", **RECORDER)
@option("--version", "seen", metavar="NUMBER", **VERSION)
@option("--key", default="", **KEY)
@with_governance
def correct(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    event: str,
    reason: str,
    value: str | None,
    recorder: str,
    seen: str | None,
    key: str,
) -> int:
    """Correct an event."""
    number = whole_number(event, Text("nummeret på en begivenhed", "the number of an event"))
    receipt = service.correct(
        gov,
        number,
        reason=reason,
        value=value,
        recorder=recorder,
        version=version_of(seen),
        key=key,
    )
    return receipt_said(out, receipt, Text(f"begivenhed {number} er rettet", f"event {number} is corrected"))


@click.command(
    "complete",
    cls=Command,
    said=Text(
        "Erklær, at intet mangler om en sag eller ting til og med en dato.",
        "Declare that nothing is missing about an item or thing up to a date.",
    ),
)
@click.argument("item", metavar="ITEM")
@option("--on", default="", **ON)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--version", "seen", metavar="NUMBER", **VERSION)
@option("--key", default="", **KEY)
@with_governance
def complete(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    item: str,
    on: str,
    source: str,
    recorder: str,
    seen: str | None,
    key: str,
) -> int:
    """Vouch for the record of a thing."""
    receipt = service.declare_complete(
        gov, item, on=on, source=source, recorder=recorder, version=version_of(seen), key=key
    )
    return receipt_said(out, receipt, Text("intet mangler", "nothing is missing"))
