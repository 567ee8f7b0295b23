"""Rotation: the seats judged on every day of a span, and what is coming for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from governance import service
from governance.cli.asking import option, whole_number, with_governance
from governance.cli.bilingual import Command
from governance.cli.looking import KNOWN, tell_known
from governance.cli.speaking import DONE, FORCES, OURS, REFUSED, VERDICTS, Out
from governance.model import Text, Verdict
from governance.service import CallView, ForecastView, Governance, LostView, SeatsCheckView, StretchView

TOLD_WHY = (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.OPEN, Verdict.WAIVED)


@click.command(
    "check",
    cls=Command,
    said=Text(
        "Hold pladserne op mod reglerne på hver dag i et spænd (udgang 1: et krav er brudt eller uafgjort).",
        "Hold the seats against the rules on every day of a span (exit 1: a demand is broken or unknown).",
    ),
)
@click.argument("body", metavar="[BODY]", default="", required=False)
@option("--from", "from_", required=True, da="Spændets første dag.", en="The first day of the span.")
@option("--to", required=True, da="Spændets sidste dag.", en="The last day of the span.")
@option("--known", default="", **KNOWN)
@with_governance
def check(gov: Governance, out: Out, body: str, from_: str, to: str, known: str) -> int:
    """The seats on every day of a span."""
    view = service.check_seats(gov, body, from_=from_, to=to, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(view)
    else:
        _tell_check(out, view)
    return DONE if view.holds else REFUSED


def _tell_check(out: Out, view: SeatsCheckView) -> None:
    out.line(f"{out(view.body.label)}, {view.from_} – {view.to}")
    for rule in view.rules:
        out.line()
        out.line(f"{rule.clause or out(OURS)} ({out(FORCES[rule.force])})  {out(rule.label)}")
        told = [each for each in rule.stretches if each.verdict is not Verdict.NOT_APPLICABLE]
        for stretch in told:
            _tell_stretch(out, view, stretch)
        if not told:
            out.line(VERDICTS[Verdict.NOT_APPLICABLE], 5)


def _tell_stretch(out: Out, view: SeatsCheckView, stretch: StretchView) -> None:
    """Verdict, days and things, and the sentence for what is not simply kept."""
    begins = f"{out(VERDICTS[stretch.verdict])} {out(stretch.days)}"
    if stretch.subjects != (view.body.id,):
        begins += f", {', '.join(stretch.subjects)}"
    why = f": {out(stretch.because)}" if stretch.verdict in TOLD_WHY else ""
    out.line(f"{begins}{why}", 5)


@click.command(
    "forecast",
    cls=Command,
    said=Text(
        "Vis, hvilke perioder der slutter hvornår, hvad der mangler at blive slået op, og hvad der går tabt.",
        "Show which terms end when, which seats are still to be called, and what is lost.",
    ),
)
@click.argument("body", metavar="[BODY]", default="", required=False)
@option(
    "--years", default="2", metavar="NUMBER", da="Så mange år frem (ellers 2).", en="So many years (else 2)."
)
@option("--on", default="", da="Set fra denne dag (ellers i dag).", en="Seen from this day (else today).")
@option("--known", default="", **KNOWN)
@with_governance
def forecast(gov: Governance, out: Out, body: str, years: str, on: str, known: str) -> int:
    """What is coming for the seats."""
    ahead = whole_number(years, Text("et antal år", "a number of years"))
    view = service.forecast_seats(gov, body, years=ahead, on=on, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(view)
        return DONE
    out.line(f"{out(view.body.label)}, {view.on} – {view.until}")
    _tell_endings(out, view)
    _tell_clusters(out, view)
    for lost in view.lost:
        _tell_lost(out, lost)
    _tell_vacant(out, view)
    _tell_unknown(out, view)
    return DONE


def _tell_endings(out: Out, view: ForecastView) -> None:
    """The terms that end, those of which the same is told at once."""
    out.line()
    if not view.endings:
        out.line(Text("Ingen periode er registreret til at slutte.", "No term is recorded to end."))
        return
    out.line(Text("Slutter:", "Ending:"))
    alike: dict[tuple[str, ...], list[str]] = {}
    for ending in view.endings:
        head = f"{out(ending.when)} ({out(ending.told)})"
        lines = (head, *_call_lines(out, ending.call), f"{out(ending.announce)}.")
        alike.setdefault(lines, []).append(f"{ending.organisation} ({ending.seat})")
    _tell_alike(out, alike)


def _tell_alike(out: Out, alike: Mapping[tuple[str, ...], Sequence[str]]) -> None:
    """A first line with all of which the same is told, and then what that is."""
    for (head, *lines), who in alike.items():
        out.line(f"{head}: {', '.join(who)}", 2)
        for line in lines:
            out.line(line, 6)


def _call_lines(out: Out, call: CallView) -> tuple[str, str]:
    """Whether a call is recorded, by which clause it is asked for, and when it must be out."""
    clauses = ", ".join(dict.fromkeys(each.id for each in call.asked_by))
    return f"{out(call.said)}{f' ({clauses})' if clauses else ''}.", f"{out(call.deadline)}."


def _tell_clusters(out: Out, view: ForecastView) -> None:
    """Several at once, which is what a call should be planned for."""
    for cluster in view.clusters:
        count, seats = len(cluster.seats), ", ".join(cluster.seats)
        month, days = cluster.month, cluster.days
        da, en = ("Sluttede samtidig i", "Ended together in") if cluster.over else ("Klynge i", "Cluster in")
        out.line()
        out.line(
            Text(
                f"{da} {month.da}: {count} pladser ({seats}), {days.da}",
                f"{en} {month.en}: {count} seats ({seats}), {days.en}",
            )
        )


def _tell_lost(out: Out, lost: LostView) -> None:
    who, day = ", ".join(lost.organisations), lost.day
    out.line()
    out.line(Text(f"Tabt {day.da}, uden {who}:", f"Lost on {day.en}, without {who}:"))
    for loss in lost.losses:
        verdicts = f"{out(VERDICTS[loss.had])} → {out(VERDICTS[loss.has])}"
        out.line(f"{loss.clause or out(OURS)} ({out(FORCES[loss.force])})  {out(loss.label)}: {verdicts}", 2)
        out.line(loss.because, 6)
        if loss.gone:
            gone = ", ".join(out(each.label) for each in loss.gone)
            out.line(Text(f"Går ud: {gone}", f"No longer there: {gone}"), 6)


def _tell_vacant(out: Out, view: ForecastView) -> None:
    if not view.vacant:
        return
    out.line()
    out.line(Text("Ledige:", "Vacant:"))
    alike: dict[tuple[str, ...], list[str]] = {}
    for vacancy in view.vacant:
        head = out(Text(f"Siden {vacancy.since.da}", f"Since {vacancy.since.en}"))
        after = f" ({vacancy.organisation})" if vacancy.organisation else ""
        alike.setdefault((head, *_call_lines(out, vacancy.call)), []).append(f"{vacancy.seat}{after}")
    _tell_alike(out, alike)


def _tell_unknown(out: Out, view: ForecastView) -> None:
    if view.unended:
        who = ", ".join(f"{organisation} ({seat})" for seat, organisation in view.unended)
        out.line()
        out.line(f"{out(Text('Ingen slutning er registreret for', 'No end is recorded for'))}: {who}")
    if view.unknown:
        out.line()
        whether = Text("Det er ukendt, om nogen har", "It is unknown whether anybody holds")
        out.line(f"{out(whether)}: {', '.join(view.unknown)}")
