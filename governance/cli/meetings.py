"""Meetings: plan one, put points on its agenda, note who comes, conclude. The rest of its way is steps."""

from __future__ import annotations

import click

from governance import service
from governance.cli.acting import step_said
from governance.cli.asking import (
    KEY,
    ON,
    PERSON,
    REASON,
    RECORDER,
    SOURCE,
    VERSION,
    option,
    pairs,
    version_of,
    with_governance,
)
from governance.cli.bilingual import Command, Group
from governance.cli.items import receipt_said
from governance.cli.meetinglooks import agenda, list_, show
from governance.cli.speaking import Out
from governance.model import Text
from governance.service import Governance

STATUSES = {"expected": "ventet", "present": "til-stede", "excused": "afbud"}
"""The English words for how somebody takes part; the Danish ones are those the record has."""


@click.group("meetings", cls=Group, said=Text("Møder og deres dagsorden.", "Meetings and their agendas."))
def meetings() -> None:
    """The meetings."""


@meetings.command(
    "plan",
    cls=Command,
    said=Text(
        "Skriv et møde ned, som skal holdes. Det indkaldes, afholdes og aflyses med `governance advance`.",
        "Write down a meeting to come. It is convened, held and cancelled by `governance advance`.",
    ),
)
@click.argument("meeting", metavar="MEETING")
@option("--date", required=True, da="Mødets dag.", en="The day of the meeting.")
@option("--body", required=True, metavar="BODY", da="Det organ, der mødes.", en="The body that meets.")
@option("--title", default="", da="Titlen.", en="The title.")
@option(
    "--set",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    da="Mere om mødet: form, sted og andet, regelsættet spørger om.",
    en="More about the meeting: its form, place and what else the rulebook asks.",
)
@option("--on", default="", **ON)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def plan(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    meeting: str,
    date: str,
    body: str,
    title: str,
    facts: tuple[str, ...],
    on: str,
    source: str,
    recorder: str,
    key: str,
) -> int:
    """Write a meeting down."""
    receipt = service.record_thing(
        gov,
        meeting,
        "meeting",
        links={"body": body},
        facts=pairs([f"date={date}", *facts]),
        title=title,
        on=on,
        origin="live",
        source=source or "governance",
        recorder=recorder,
        key=key,
    )
    return receipt_said(out, receipt, Text("mødet er planlagt", "the meeting is planned"))


@meetings.command(
    "put",
    cls=Command,
    said=Text(
        "Sæt en sag, eller et emne med egen titel, på dagsordenen under et afsnit.",
        "Put an item, or a matter with a title of its own, on the agenda under a section.",
    ),
)
@click.argument("meeting", metavar="MEETING")
@click.argument("section", metavar="SECTION")
@option("--item", default="", metavar="ITEM", da="Den sag, punktet handler om.", en="The item it is about.")
@option("--title", default="", da="Titlen, hvis den ikke er sagens.", en="The title, if not the item's.")
@option(
    "--point",
    default="",
    metavar="NUMBER",
    da="Punktets nummer (ellers det næste i afsnittet).",
    en="The number of the point (else the next in the section).",
)
@option("--on", default="", **ON)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def put(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    meeting: str,
    section: str,
    item: str,
    title: str,
    point: str,
    on: str,
    source: str,
    recorder: str,
    key: str,
) -> int:
    """Put a point on an agenda."""
    receipt = service.put_on_agenda(
        gov,
        meeting,
        section,
        item=item,
        title=title,
        point=point,
        on=on,
        source=source,
        recorder=recorder,
        key=key,
    )
    return receipt_said(out, receipt, Text("sat på dagsordenen", "put on the agenda"))


@meetings.command(
    "attend",
    cls=Command,
    said=Text(
        "Skriv, om en organisation ventes, er til stede eller har meldt afbud; det seneste gælder.",
        "Write whether an organisation is expected, present or excused; the latest word counts.",
    ),
)
@click.argument("meeting", metavar="MEETING")
@click.argument("organisation", metavar="ORGANISATION")
@click.argument("status", metavar="STATUS")
@option("--on", default="", **ON)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def attend(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    meeting: str,
    organisation: str,
    status: str,
    on: str,
    source: str,
    recorder: str,
    key: str,
) -> int:
    """Note who comes."""
    receipt = service.note_attendance(
        gov,
        meeting,
        organisation,
        STATUSES.get(status.strip(), status),
        on=on,
        source=source,
        recorder=recorder,
        key=key,
    )
    return receipt_said(out, receipt, Text("fremmødet er skrevet ned", "the attendance is written down"))


@meetings.command(
    "conclude",
    cls=Command,
    said=Text(
        "Konkludér på et punkt; sagens skridt tages med, eller intet sker. Se konklusionerne med `show`.",
        "Conclude on a point; the item's step is taken with it, or nothing is. `show` lists the conclusions.",
    ),
)
@click.argument("point", metavar="POINT")
@click.argument("conclusion", metavar="CONCLUSION")
@option("--text", default="", da="Konklusionen med ord.", en="The conclusion in words.")
@option(
    "--set",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    da="En oplysning, punktets eller sagens skridt beder om.",
    en="A fact that the step of the point or of the item asks for.",
)
@option(
    "--by",
    "body",
    default="",
    metavar="BODY",
    da="Det organ, der konkluderer (ellers det første, der kan).",
    en="The body that concludes (else the first that may).",
)
@option("--on", default="", **ON)
@option("--reason", default="", **REASON)
@option("--person", default="", **PERSON)
@option("--recorder", default="", **RECORDER)
@option("--source", default="", **SOURCE)
@option("--version", "seen", metavar="NUMBER", **VERSION)
@option("--key", default="", **KEY)
@with_governance
def conclude(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    point: str,
    conclusion: str,
    text: str,
    facts: tuple[str, ...],
    body: str,
    on: str,
    reason: str,
    person: str,
    recorder: str,
    source: str,
    seen: str | None,
    key: str,
) -> int:
    """Conclude on a point."""
    words = [f"conclusion={text}"] if text else []
    receipt = service.conclude(
        gov,
        point,
        conclusion,
        body=body,
        on=on,
        inputs=pairs([*words, *facts]),
        reason=reason,
        person=person,
        recorder=recorder,
        source=source,
        version=version_of(seen),
        key=key,
    )
    return step_said(
        out,
        receipt,
        Text(f"{conclusion} er konklusionen", f"{conclusion} is the conclusion"),
        Text(f"{conclusion} er afvist", f"{conclusion} is refused"),
    )


for _command in (list_, show, agenda):
    meetings.add_command(_command)
