"""Look: the items, an item's steps, its history, the way to a state."""

from __future__ import annotations

import click

from governance import service
from governance.cli.acting import tell_findings
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command
from governance.cli.speaking import DONE, REFUSED, Out
from governance.model import Text
from governance.service import Governance, Said, StepView

ON = {
    "da": "På hvilken dato (ellers i dag); må gerne ligge forude.",
    "en": "On which date (else today); may lie ahead.",
}
KNOWN = {
    "da": "Ud fra det, der var skrevet ned ved udgangen af denne dag (ellers alt).",
    "en": "From what had been written down by the end of this day (else everything).",
}

ORIGINS = {"history": Text("historik", "history"), "imported": Text("indlæst historik", "imported history")}


@click.command(
    "items", cls=Command, said=Text("Vis sagerne med deres tilstand.", "Show the items with their states.")
)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@option("--state", default="", da="Kun sager i denne tilstand.", en="Only items in this state.")
@option("--kind", default="", da="Kun sager af denne type.", en="Only items of this kind.")
@with_governance
def items(gov: Governance, out: Out, on: str, known: str, state: str, kind: str) -> int:
    """The items."""
    lines = service.items(gov, on=on, known=known, state=state, kind=kind)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(lines)
    elif not lines and (on or known or state or kind):
        out.line(Text("Ingen sag passer til det.", "No item fits that."))
    elif not lines:
        place = gov.engine.url.database
        out.line(
            Text(
                f"Der er ingen sager i {place}; `governance init --demo` lægger demoen ind.",
                f"There are no items in {place}; `governance init --demo` enters the demo.",
            )
        )
    else:
        head = (
            Text("Nummer", "Number"),
            Text("Tilstand", "State"),
            Text("Type", "Kind"),
            Text("Titel", "Title"),
        )
        out.table(head, [(line.id, line.state.label, line.kind.label, line.title) for line in lines])
    return DONE


def tell_known(gov: Governance, out: Out, known: str) -> None:
    """Say it when an answer is from what was known on an earlier day."""
    day = service.known_day(gov, known)
    if day and not out.as_json:
        out.line(Text(f"Som kendt ved udgangen af {day}:", f"As known at the end of {day}:"))


@click.command(
    "steps",
    cls=Command,
    said=Text(
        "Vis alle en sags skridt: hvilke der er tilladt nu, og præcis hvorfor de andre ikke er.",
        "Show all steps of an item: which are allowed now, and exactly why the others are not.",
    ),
)
@click.argument("item", metavar="ITEM")
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@option(
    "--by",
    "body",
    default="",
    metavar="BODY",
    da="Som dette organ ville få svar.",
    en="As this body would be answered.",
)
@option(
    "--all",
    "whole",
    is_flag=True,
    da="Alle grunde, også for skridt fra andre tilstande.",
    en="All reasons, for steps from other states too.",
)
@with_governance
def steps(gov: Governance, out: Out, item: str, on: str, known: str, body: str, whole: bool) -> int:  # noqa: FBT001 - click names it
    """The steps of an item."""
    found = service.steps(gov, item, on=on, known=known, body=body)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(found)
        return DONE
    allowed = [step for step in found if step.allowed]
    lacking = [step for step in found if step.lacks and not whole]
    others = [step for step in found if not step.allowed and step not in lacking]
    near = [step for step in others if step.starts_here or whole]
    far = [step for step in others if not (step.starts_here or whole)]
    out.line(
        Text("Tilladt:", "Allowed:") if allowed else Text("Intet skridt er tilladt.", "No step is allowed.")
    )
    for step in allowed:
        out.line(_step_line(out, step), 2)
    if lacking:
        out.line()
        out.line(
            Text("Mangler kun oplysninger (alle grunde: --all):", "Lack only facts (all reasons: --all):")
        )
    for step in lacking:
        out.line(_step_line(out, step), 2)
        facts = ", ".join(f"{each.id} ({out(each.label)})" for each in step.lacks)
        out.line(f"--fact: {facts}", 6)
    if near:
        out.line()
        out.line(Text("Ikke tilladt:", "Not allowed:"))
    for step in near:
        out.line(_step_line(out, step), 2)
        tell_findings(out, list(step.blocking), 6)
    if far:
        out.line()
        out.line(Text("Ikke herfra (alle grunde: --all):", "Not from here (all reasons: --all):"))
        head = (Text("  Skridt", "  Step"), Text("Af", "By"), Text("Fra", "From"))
        out.table(
            head, [(f"  {step.id}", _either(out, step.by), _listed(out, step.from_states)) for step in far]
        )
    return DONE


def _listed(out: Out, states: tuple[Said, ...]) -> str:
    return ", ".join(out(state.label) for state in states)


def _step_line(out: Out, step: StepView) -> str:
    return f"{step.id}: {out(step.label)} ({_either(out, step.by)}) → {out(step.to.label)}"


def _either(out: Out, bodies: tuple[Said, ...]) -> str:
    return out(Text(" eller ", " or ")).join(out(body.label) for body in bodies)


@click.command(
    "history",
    cls=Command,
    said=Text(
        "Vis alt, hvad der er skrevet ned om en sag eller ting.",
        "Show everything written down about an item or thing.",
    ),
)
@click.argument("item", metavar="ITEM")
@option("--known", default="", **KNOWN)
@with_governance
def history(gov: Governance, out: Out, item: str, known: str) -> int:
    """Everything about a thing."""
    events = service.history(gov, item, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(events)
        return DONE
    for event in events:
        marks = [
            Text("rettet", "corrected") if event.corrected else None,
            Text("indført senere", "entered later") if event.late else None,
            ORIGINS.get(event.origin),
        ]
        told = ", ".join(out(mark) for mark in marks if mark is not None)
        out.line(f"{event.number:>4}  {out(event.on)}: {out(event.what)}{f' [{told}]' if told else ''}")
        if event.source:
            out.line(f"{out(Text('Kilde', 'Source'))}: {event.source}", 6)
        who = (
            (Text("Handlede", "Acted"), event.person),
            (Text("Skrevet ned af", "Written down by"), event.recorder),
        )
        if any(name for _, name in who):
            out.line("; ".join(f"{out(did)}: {name}" for did, name in who if name), 6)
        if event.kind == "refused":
            tell_findings(out, [ruled for ruled in event.findings if ruled.mend is not None], 6)
    return DONE


@click.command(
    "way",
    cls=Command,
    said=Text(
        "Vis den korteste lovlige vej til en tilstand: hvem der skal handle, og hvad der mangler.",
        "Show the shortest legal way to a state: who must act, and what is missing.",
    ),
)
@click.argument("item", metavar="ITEM")
@click.argument("state", metavar="STATE")
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def way(gov: Governance, out: Out, item: str, state: str, on: str, known: str) -> int:
    """The way to a state."""
    route = service.way(gov, item, state, on=on, known=known)
    tell_known(gov, out, known)
    goal = route.goal.label
    if out.as_json:
        out.json(route)
    elif not route.found:
        out.line(Text(f"Reglerne giver ingen vej til {goal.da}.", f"The rules give no way to {goal.en}."))
    elif not route.legs:
        out.line(Text(f"{route.item} er allerede {goal.da}.", f"{route.item} is {goal.en} already."))
    else:
        for number, leg in enumerate(route.legs, start=1):
            for first in leg.first:
                out.line(f"{out(Text('Først', 'First'))}: {out(first)}", 3)
            out.line(f"{number}. {out(leg.step.label)} ({_either(out, leg.by)}) → {out(leg.to.label)}")
    return DONE if route.found else REFUSED
