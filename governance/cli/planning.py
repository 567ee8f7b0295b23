"""Plan who could take the vacant seats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from governance import service
from governance.cli.asking import option, with_governance
from governance.cli.bilingual import Command
from governance.cli.group import counted
from governance.cli.speaking import DONE, OURS, REFUSED, Out
from governance.model import Text, Verdict
from governance.service import (
    ComparedView,
    FindingView,
    Governance,
    PickView,
    PlanView,
    QuestionView,
)

NAMES_SHOWN = 8
ASKED_SHOWN = 5
NOT_KEPT = (Verdict.BROKEN, Verdict.UNKNOWN)
THAN = {
    "better": Text("bedre", "better"),
    "worse": Text("dårligere", "worse"),
    "same": Text("det samme", "the same"),
}


@click.command(
    "plan",
    cls=Command,
    said=Text(
        "Find de bedste efterfølgere til ledige pladser (udgang 1: intet sæt holder sikkert alle krav).",
        "Find the best successors for vacant seats (exit 1: no set keeps every must for certain).",
    ),
)
@click.argument("body", metavar="[BODY]", default="", required=False)
@option(
    "--on",
    default="",
    da="Den dag, efterfølgerne begynder: 2025-09-10 eller 10.9.2025 (ellers i dag).",
    en="The day the successors begin: 2025-09-10 or 10.9.2025 (else today).",
)
@option(
    "--seats",
    multiple=True,
    metavar="ID",
    da="En plads, der skal besættes; kan gives flere gange (ellers dem, der er ledige den dag).",
    en="A seat to fill; may be given several times (else those vacant that day).",
)
@option(
    "--candidates",
    type=click.Path(path_type=Path),
    metavar="FILE",
    da="Kandidaterne: CSV, XLSX eller JSON Lines med kolonnen organisation og de oplysninger, der haves "
    "(ellers alle af samme slags som dem, der sidder).",
    en="The candidates: CSV, XLSX or JSON Lines with a column organisation and the facts there are "
    "(else all of the kind that sits).",
)
@option(
    "--set",
    "sets",
    multiple=True,
    metavar="NAME",
    da='Et sæt at holde op mod det bedste: "A, B, C"; kan gives flere gange.',
    en='A set to hold against the best: "A, B, C"; may be given several times.',
)
@with_governance
def plan(
    gov: Governance,
    out: Out,
    body: str,
    on: str,
    seats: tuple[str, ...],
    candidates: Path | None,
    sets: tuple[str, ...],
) -> int:
    """The best sets of successors."""
    view = service.plan_seats(gov, body, on=on, seats=seats, candidates=candidates, sets=sets)
    if out.as_json:
        out.json(view)
    else:
        _tell(out, view)
    return DONE if view.best and view.best[0].keeps_musts else REFUSED


def _tell(out: Out, view: PlanView) -> None:
    for note in view.notes:
        out.line(Text(f"Bemærk: {note.da}", f"Note: {note.en}"))
    seats, asked, out_, classes = (
        ", ".join(view.seats),
        view.candidates,
        len(view.left_out),
        len(view.classes),
    )
    out.line(
        Text(
            f"{view.body.label.da}, {view.on}: efterfølgere til {seats}. Kandidater: {asked}; {out_} kan "
            f"ikke vælges, resten er i {classes} grupper af ens",
            f"{view.body.label.en}, {view.on}: successors for {seats}. Candidates: {asked}; {out_} "
            f"cannot be chosen, the rest are in {classes} groups of alike",
        )
    )
    _tell_best(out, view)
    for each in view.compared:
        _tell_compared(out, each)
    _tell_left_out(out, view)
    _tell_questions(out, view)
    out.line()
    out.line(Text(f"Bedst er: {view.order.da}.", f"Best is: {view.order.en}."))


def _tell_best(out: Out, view: PlanView) -> None:
    if not view.best:
        out.line()
        out.line(
            Text(
                "Intet sæt er muligt: der er for få, som kan vælges.",
                "No set is possible: too few can be chosen.",
            )
        )
        return
    out.line()
    out.line(Text("DE BEDSTE SÆT", "THE BEST SETS"))
    before = {finding.rule: finding for finding in view.before}
    for each in view.best:
        if each.number > 1:
            out.line()
        out.line(f"{each.number:>2}.  {'; '.join(_picked(out, pick) for pick in each.picks)}")
        sitting = ", ".join(f"{seat} {name}" for seat, name in each.sitting)
        out.line(
            Text(
                f"Fx {sitting}. Sæt af samme slags: {each.sets}",
                f"E.g. {sitting}. Sets of this kind: {each.sets}",
            ),
            5,
        )
        for rule, own in _by_rule(each.findings).items():
            if each.number == 1 or rule in each.differs:
                _tell_rule(out, own, before.get(rule))
        if each.number > 1 and not each.differs:
            out.line(Text("Reglerne siger det samme som om 1.", "The rules say the same as of 1."), 5)


def _picked(out: Out, pick: PickView) -> str:
    names = _shortened(out, pick.names, NAMES_SHOWN)
    return f"{pick.count} {out(Text('af', 'of'))}: {names}"


def _shortened(out: Out, names: Sequence[str], most: int) -> str:
    more = len(names) - most
    shown = ", ".join(names[:most])
    return shown if more <= 0 else f"{shown} {out(Text(f'og {more} til', f'and {more} more'))}"


def _by_rule(findings: Sequence[FindingView]) -> dict[str, list[FindingView]]:
    found: dict[str, list[FindingView]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    return found


def _tell_rule(out: Out, findings: Sequence[FindingView], before: FindingView | None) -> None:
    """A rule on a set: the verdict, what it was before, and what was seen where that is not as before."""
    first = findings[0]
    verdict = counted(out, [each.verdict for each in findings])
    if before is not None and before.verdict is not first.verdict:
        was = counted(out, [before.verdict])
        verdict = f"{verdict} ({out(Text('før', 'before'))}: {was})"
    out.line(f"{first.clause or out(OURS)}  {out(first.label)}: {verdict}", 5)
    if before is None or before.because != first.because:
        for because in dict.fromkeys(each.because for each in findings if each.verdict in NOT_KEPT):
            out.line(because, 10)
        if before is not None and first.verdict not in NOT_KEPT:
            out.line(first.because, 10)


def _tell_compared(out: Out, each: ComparedView) -> None:
    names = ", ".join(name for _, name in each.successors.sitting)
    than = THAN[each.than]
    out.line()
    out.line(
        Text(
            f"{names}, HOLDT OP MOD DET BEDSTE: {than.da}",
            f"{names}, HELD AGAINST THE BEST: {than.en}",
        )
    )
    for rule in (rule for rule in each.rules if rule.than != "same"):
        out.line(f"{rule.clause or out(OURS)}  {out(rule.label)}: {out(THAN[rule.than])}", 5)
        out.line(rule.here, 10)
        out.line(Text(f"Det bedste: {rule.best.da}", f"The best: {rule.best.en}"), 10)
    same = [out(rule.label) for rule in each.rules if rule.than == "same"]
    if same:
        out.line(f"{out(Text('Det samme', 'The same'))}: {'; '.join(same)}", 5)


def _tell_left_out(out: Out, view: PlanView) -> None:
    if not view.left_out:
        return
    out.line()
    out.line(Text("KAN IKKE VÆLGES", "CANNOT BE CHOSEN"))
    reasons: dict[Text, list[str]] = {}
    for each in view.left_out:
        reasons.setdefault(each.because, []).append(each.organisation)
    for because, names in reasons.items():
        out.line(f"{', '.join(names)}: {out(because)}", 5)


def _tell_questions(out: Out, view: PlanView) -> None:
    if not (view.settle or view.better or view.later):
        return
    out.line()
    out.line(Text("FIND FØRST UD AF", "FIND OUT FIRST"))
    if view.settle:
        out.line(Text("Om det bedste sæt holder:", "Whether the best set holds:"), 5)
        _tell_asked(out, view.settle)
    if view.better:
        out.line(Text("Hvem der kan gøre det bedre:", "Who could do better:"), 5)
        _tell_asked(out, view.better)
    if view.later:
        facts = dict.fromkeys(each.fact.label for each in view.later)
        named = "; ".join(_about_fact(out, fact, view.later) for fact in facts)
        out.line(
            Text(
                f"Kun hvis noget af det falder dårligt ud: {named}",
                f"Only if one of these turns out badly: {named}",
            ),
            5,
        )


def _tell_asked(out: Out, questions: Sequence[QuestionView]) -> None:
    for name in dict.fromkeys(each.organisation for each in questions):
        facts = [out(each.fact.label) for each in questions if each.organisation == name]
        out.line(f"{name}: {', '.join(facts)}", 10)


def _about_fact(out: Out, fact: Text, questions: Sequence[QuestionView]) -> str:
    names = [each.organisation for each in questions if each.fact.label == fact]
    return f"{out(fact)} ({_shortened(out, names, ASKED_SHOWN)})"
