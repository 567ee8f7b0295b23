"""Look at meetings: the list, one meeting with everything about it, and what can go on its agenda."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command
from governance.cli.group import tell_judged
from governance.cli.looking import KNOWN, ON, tell_known
from governance.cli.roundwords import round_head
from governance.cli.speaking import DONE, VERDICTS, Out
from governance.model import Text, Verdict
from governance.service import ConclusionView, Governance, MeetingView, PointView, Proposal


@click.command(
    "list", cls=Command, said=Text("Vis møderne, det seneste først.", "Show the meetings, the latest first.")
)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def list_(gov: Governance, out: Out, on: str, known: str) -> int:
    """The meetings."""
    lines = service.meetings(gov, on=on, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(lines)
    elif not lines:
        out.line(Text("Der er ingen møder.", "There are no meetings."))
    else:
        head = (
            Text("Møde", "Meeting"),
            Text("Dato", "Date"),
            Text("Tilstand", "State"),
            Text("Punkter", "Points"),
            Text("Titel", "Title"),
        )
        out.table(head, [(x.id, x.said_date, x.state.label, str(x.points), x.title) for x in lines])
    return DONE


@click.command(
    "show",
    cls=Command,
    said=Text(
        "Vis alt om et møde: frister, fremmøde, dagsorden, konklusioner, runder, og hvad reglerne siger.",
        "Show all about a meeting: deadlines, attendance, agenda, conclusions, rounds, what the rules say.",
    ),
)
@click.argument("meeting", metavar="MEETING")
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def show(gov: Governance, out: Out, meeting: str, on: str, known: str) -> int:
    """A meeting."""
    view = service.meeting(gov, meeting, on=on, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(view)
        return DONE
    line = view.line
    titled = f"{line.id}, {line.title}" if line.title else line.id
    out.line(f"{titled}: {out(line.body.label)}, {out(line.said_date) or '?'}; {out(line.state.label)}")
    if line.awaits:
        awaited = ", ".join(f"{each.id} ({out(each.label)})" for each in line.awaits)
        out.line(f"{out(Text('Venter på', 'Waits for'))}: {awaited}", 2)
    for fact in view.facts:
        out.line(f"{out(fact.label).capitalize()}: {out(fact.value)} ({fact.source})", 2)
    _tell_due(out, view)
    _tell_attendance(out, view)
    _tell_sections(out, view)
    if view.rounds:
        out.line()
        out.line(Text("RUNDER", "ROUNDS"))
        for each in view.rounds:
            out.line(round_head(out, each), 2)
    tell_judged(out, view.findings)
    return DONE


def _tell_due(out: Out, view: MeetingView) -> None:
    if not view.due:
        return
    out.line()
    out.line(Text("FRISTER", "DEADLINES"))
    for each in view.due:
        verdict = VERDICTS[Verdict(each.verdict)]
        when = f"{each.until} ({out(_in_days(each.days))})" if each.until else "?"
        if each.opens and each.aim:
            window = Text(
                f"fra {each.opens}, helst {each.aim}, senest", f"from {each.opens}, best {each.aim}, by"
            )
            when = f"{out(window)} {when}"
        out.line(f"{when}  {out(each.label)}: {out(verdict)}", 2)


def _in_days(days: int | None) -> Text:
    """How far ahead a last day is."""
    if days is None:
        return Text("?", "?")
    if days == 0:
        return Text("i dag", "today")
    number = abs(days)
    da, en = ("dag", "day") if number == 1 else ("dage", "days")
    if days < 0:
        return Text(f"for {number} {da} siden", f"{number} {en} ago")
    return Text(f"om {number} {da}", f"in {number} {en}")


def _tell_attendance(out: Out, view: MeetingView) -> None:
    there = {each.organisation.id for each in view.attendances}
    silent = [each for each in view.members if each.id not in there]
    if not view.attendances and not silent:
        return
    out.line()
    out.line(Text("FREMMØDE", "ATTENDANCE"))
    for status in dict.fromkeys(each.status.label for each in view.attendances):
        who = [
            out(each.organisation.label) + (f" ({out(each.role.label)})" if each.role is not None else "")
            for each in view.attendances
            if each.status.label == status
        ]
        out.line(f"{out(status).capitalize()}: {', '.join(who)}", 2)
    if silent:
        names = ", ".join(out(each.label) for each in silent)
        out.line(Text(f"Medlemmer uden svar: {names}", f"Members without an answer: {names}"), 2)


def _tell_sections(out: Out, view: MeetingView) -> None:
    if not view.sections:
        return
    out.line()
    out.line(Text("DAGSORDEN", "AGENDA"))
    for section, points in view.sections:
        out.line(section.label, 2)
        for point in points:
            _tell_point(out, point)


def _tell_point(out: Out, point: PointView) -> None:
    item = f" {point.item.id}" if point.item is not None else ""
    state = f" ({out(point.item_state.label)})" if point.item_state is not None else ""
    out.line(f"{point.number}{item} {point.title}{state}", 4)
    if point.concluded is not None:
        words = f": {point.conclusion}" if point.conclusion else ""
        out.line(f"→ {out(point.concluded.label)}{words}", 8)
        return
    if point.conclusion:
        out.line(f"→ {point.conclusion}", 8)
    can = [each.step.id for each in point.conclusions if _can_be(each)]
    if can:
        said = ", ".join(can)
        out.line(Text(f"Kan konkluderes: {said}", f"Can be concluded: {said}"), 8)


def _can_be(conclusion: ConclusionView) -> bool:
    """Whether nothing stands in its way but facts that the steps ask for."""
    steps = (conclusion.step, *([conclusion.takes] if conclusion.takes is not None else []))
    return all(ruled.rule == f"{step.id}/inputs" for step in steps for ruled in step.blocking)


@click.command(
    "agenda",
    cls=Command,
    said=Text(
        "Vis, hvad der er på mødets dagsorden, og hvilke sager der er klar til den.",
        "Show what is on the agenda of a meeting, and which items are ready for it.",
    ),
)
@click.argument("meeting", metavar="MEETING")
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def agenda(gov: Governance, out: Out, meeting: str, on: str, known: str) -> int:
    """The agenda, and what can go on it."""
    view = service.meeting(gov, meeting, on=on, known=known)
    proposals = service.agenda_proposals(gov, meeting, on=on, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json({"sections": view.sections, "proposals": proposals})
        return DONE
    if not view.sections:
        out.line(Text("Der er intet på dagsordenen.", "There is nothing on the agenda."))
    _tell_sections(out, view)
    out.line()
    _tell_proposals(out, proposals)
    return DONE


def _tell_proposals(out: Out, proposals: tuple[Proposal, ...]) -> None:
    if not proposals:
        out.line(Text("Ingen flere sager er klar til den.", "No more items are ready for it."))
        return
    out.line(Text("KAN SÆTTES PÅ", "CAN BE PUT ON"))
    for section in dict.fromkeys(each.section for each in proposals):
        out.line(f"{section.id}: {out(section.label)}", 2)
        for each in proposals:
            if each.section == section:
                out.line(f"{each.item.id} {out(each.item.label)} ({out(each.why)})", 4)
