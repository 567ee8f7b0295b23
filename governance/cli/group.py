"""The group: its seats on a date, and the report on every clause."""

from __future__ import annotations

import click

from governance import service
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.looking import KNOWN, ON, tell_known
from governance.cli.speaking import DONE, NO_VERDICT, OURS, REFUSED, VERDICTS, Out
from governance.model import Text, Verdict
from governance.service import FindingView, Governance, SeatView

NOT_KEPT = (Verdict.BROKEN, Verdict.UNKNOWN)


@click.group("seats", cls=Group, said=Text("Gruppens pladser.", "The group's seats."))
def seats() -> None:
    """The seats."""


@seats.command(
    "show",
    cls=Command,
    said=Text(
        "Vis pladserne på en dato, og hvad reglerne siger (udgang 1: noget er brudt eller uafgjort).",
        "Show the seats on a date, and what the rules say (exit 1: something is broken or unknown).",
    ),
)
@click.argument("body", metavar="[BODY]", default="", required=False)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def show(gov: Governance, out: Out, body: str, on: str, known: str) -> int:
    """The seats on a date."""
    view = service.seats(gov, body, on=on, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(view)
        return _code(view.findings)
    out.line(f"{out(view.body.label)}, {view.on}")
    head = (
        Text("Plads", "Seat"),
        Text("Besat", "Occupied"),
        Text("Indehaver", "Holder"),
        Text("Fra", "From"),
        Text("Til", "To"),
    )
    out.table(
        head,
        [
            (seat.id, _yes_no(out, seat.occupied), _holder(out, seat), seat.from_, seat.to)
            for seat in view.seats
        ],
    )
    if view.participants:
        said = ", ".join(f"{out(who.label)} ({out(role.label)})" for who, role in view.participants)
        out.line(f"{out(Text('Desuden', 'Besides'))}: {said}")
    for fact in view.facts:
        out.line(f"{out(fact.label).capitalize()}: {out(fact.value)} ({fact.source})")
    tell_judged(out, view.findings)
    return _code(view.findings)


def _holder(out: Out, seat: SeatView) -> str:
    said = seat.holder or "?"
    return f"{said} ({out(seat.remark)})" if seat.remark is not None else said


def _yes_no(out: Out, word: str) -> str:
    return out({"ja": Text("ja", "yes"), "nej": Text("nej", "no")}.get(word, Text("?", "?")))


def _code(findings: tuple[FindingView, ...]) -> int:
    return REFUSED if any(finding.verdict in NOT_KEPT for finding in findings) else DONE


def tell_judged(out: Out, findings: tuple[FindingView, ...]) -> None:
    """Each rule with its verdicts, and why for those that are not kept."""
    rules = dict.fromkeys((finding.rule, finding.clause, finding.label) for finding in findings)
    for rule, clause, label in rules:
        own = [finding for finding in findings if finding.rule == rule]
        out.line()
        out.line(f"{clause or out(OURS)}  {out(label)}: {counted(out, [finding.verdict for finding in own])}")
        told = [finding for finding in own if finding.verdict in (*NOT_KEPT, Verdict.OPEN, Verdict.WAIVED)]
        for because, same in _alike(told):
            out.line(f"{', '.join(finding.subject for finding in same)}: {out(because)}", 5)


def _alike(findings: list[FindingView]) -> list[tuple[Text, list[FindingView]]]:
    """Findings of one verdict that say the same of several things, told once."""
    groups: dict[tuple[Verdict, Text], list[FindingView]] = {}
    for finding in findings:
        groups.setdefault((finding.verdict, finding.because), []).append(finding)
    return [(because, same) for (_, because), same in groups.items()]


def counted(out: Out, verdicts: list[Verdict]) -> str:
    """How many of each verdict, worst first; a single one by its word alone."""
    counts = [(verdicts.count(verdict), verdict) for verdict in VERDICTS if verdict in verdicts]
    if len(verdicts) == 1:
        return out(VERDICTS[verdicts[0]])
    return ", ".join(f"{number} {out(VERDICTS[verdict])}" for number, verdict in counts)


@click.command(
    "report",
    cls=Command,
    said=Text(
        "Hold alt det skrevne op mod hver bestemmelse på en dato (udgang 1: noget er brudt eller uafgjort).",
        "Hold the whole record against every clause on a date (exit 1: something is broken or unknown).",
    ),
)
@option("--on", default="", **ON)
@option("--known", default="", **KNOWN)
@with_governance
def report(gov: Governance, out: Out, on: str, known: str) -> int:
    """Every clause with its verdict."""
    view = service.report(gov, on=on, known=known)
    tell_known(gov, out, known)
    kept = all(clause.verdict not in NOT_KEPT for clause in view.clauses)
    if out.as_json:
        out.json(view)
        return DONE if kept else REFUSED
    out.line(f"{out(view.title)}, {view.on}")
    for clause in view.clauses:
        verdict = NO_VERDICT if clause.verdict is None else VERDICTS[clause.verdict]
        out.line()
        out.line(f"{clause.id}  {out(verdict)}: {out(clause.text)}")
        if clause.verdict is None and clause.why is not None:
            out.line(clause.why, 5)
        _tell_findings(out, clause.findings, (*NOT_KEPT, Verdict.WAIVED))
    if any(finding.verdict in NOT_KEPT for finding in view.ours):
        out.line()
        out.line(Text("VORES REGLER", "RULES THAT ARE OURS"))
        _tell_findings(out, view.ours, NOT_KEPT)
    return DONE if kept else REFUSED


def _tell_findings(out: Out, findings: tuple[FindingView, ...], verdicts: tuple[Verdict, ...]) -> None:
    for because, same in _alike([finding for finding in findings if finding.verdict in verdicts]):
        things = ", ".join(_with_event(out, finding) for finding in same)
        out.line(f"{things}, {out(VERDICTS[same[0].verdict])}: {out(because)}", 5)


def _with_event(out: Out, finding: FindingView) -> str:
    if finding.event is None:
        return finding.subject
    return f"{finding.subject} ({out(Text('begivenhed', 'event'))} {finding.event})"
