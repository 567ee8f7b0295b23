"""A round as it is told: sealed until it is closed, then the totals as bars and how firmly they stand."""

from __future__ import annotations

from governance.cli.speaking import Out
from governance.model import Text
from governance.service import ResultView, RoundLine, RoundView

BAR = 24
"""How many letters the highest total is drawn with."""


def round_head(out: Out, line: RoundLine) -> str:
    """A round in one line, with the totals once it is closed."""
    cast = (
        Text(f"{line.cast} sedler", f"{line.cast} ballots")
        if line.cast != 1
        else Text("1 seddel", "1 ballot")
    )
    totals = "; ".join(f"{rank}. {item} {total}" for item, total, rank in line.totals)
    closes = Text(f"lukker {line.closes}", f"closes {line.closes}")
    titled = f"{line.id}, {line.title}" if line.title else line.id
    head = f"{titled}: {out(line.state.label)}, {out(closes)}, {out(cast)}"
    return f"{head}. {totals}" if totals else head


def tell_round(out: Out, view: RoundView, own: str) -> None:
    """Everything about a round that may be seen."""
    titled = f"{view.id}, {view.title}" if view.title else view.id
    closes = Text(f"lukker {view.closes}", f"closes {view.closes}")
    out.line(f"{titled}: {out(view.state.label)}, {out(closes)}")
    method = out(view.method)
    if view.budget or view.most:
        most = Text(
            f"højst {view.budget or '–'} point i alt, {view.most or '–'} til én sag",
            f"at most {view.budget or '–'} points in all, {view.most or '–'} to one item",
        )
        method = f"{method}; {out(most)}"
    out.line(method, 2)
    cast = ", ".join(f"{each.organisation} ({each.on})" for each in view.cast)
    out.line(f"{out(Text('Har givet point', 'Have scored'))}: {cast or '–'}", 2)
    if view.missing:
        out.line(f"{out(Text('Mangler', 'Missing'))}: {', '.join(view.missing)}", 2)
    if view.perhaps:
        out.line(f"{out(Text('Mangler måske', 'Perhaps missing'))}: {', '.join(view.perhaps)}", 2)
    if own:
        _tell_own(out, view, own)
    out.line()
    if view.result is None:
        out.line(
            Text("Pointene er forseglet, til runden lukkes.", "The scores are sealed until the round closes.")
        )
        for each in view.choices:
            out.line(f"{each.id} {out(each.label)}", 2)
    else:
        _tell_result(out, view.result)


def _tell_own(out: Out, view: RoundView, own: str) -> None:
    scores = ", ".join(f"{item} {score}" for item, score in view.own.items())
    if scores:
        out.line(Text(f"{own} har givet: {scores}", f"{own} has given: {scores}"), 2)
    else:
        out.line(Text(f"{own} har ikke givet point", f"{own} has not scored"), 2)


def _tell_result(out: Out, result: ResultView) -> None:
    number = max((len(each.total) for each in result.tallies), default=0)
    width = max((len(each.item.id) for each in result.tallies), default=0)
    for each in result.tallies:
        bar = "█" * (each.bar * BAR // 100)
        place = f"{each.rank:>3}. {each.item.id:<{width}} {each.total:>{number}} {bar:<{BAR}}"
        out.line(f"{place} {out(each.item.label)}")
    out.line()
    for tied in dict.fromkeys(frozenset((each.item.id, *each.tied_with)) for each in result.tallies):
        if len(tied) > 1:
            *first, last = (each.item.id for each in result.tallies if each.item.id in tied)
            names = ", ".join(first)
            out.line(
                Text(
                    f"{names} og {last} står lige; reglerne siger ikke, hvem der går forrest.",
                    f"{names} and {last} are level; the rules do not say which goes first.",
                )
            )
    for margin in result.margins:
        out.line(Text(f"{margin.said.da}.", f"{margin.said.en}."))
    if result.cut is not None:
        out.line(Text(f"{result.cut.da}.", f"{result.cut.en}."))
    for _, said in result.decisive:
        out.line(Text(f"{said.da[:1].upper()}{said.da[1:]}.", f"{said.en[:1].upper()}{said.en[1:]}."))
    if result.missing:
        silent = ", ".join(result.missing)
        out.line(Text(f"Gav ikke point: {silent}.", f"Did not score: {silent}."))
    if result.perhaps:
        unsure = ", ".join(result.perhaps)
        out.line(Text(f"Kunne måske give point: {unsure}.", f"Could perhaps score: {unsure}."))
    for caster, wrong in result.beyond:
        da, en = ("; ".join(each) for each in zip(*((text.da, text.en) for text in wrong), strict=True))
        out.line(
            Text(
                f"Sedlen fra {caster} tæller, som den er gemt, men bryder optællingens regler: {da}.",
                f"The ballot of {caster} counts as it is stored but breaks the rules of counting: {en}.",
            )
        )
