"""What the use cases on rounds answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.counting import Result, Robustness
from governance.model import Text
from governance.service.views import FactView, Said, StepView


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list; ``totals`` are of a closed one: item, points and rank, in the ranking's order."""

    id: str
    title: str
    state: Said
    closes: str
    meeting: str
    cast: int
    totals: tuple[tuple[str, str, int], ...]
    body: Said


@dataclass(frozen=True, slots=True)
class BallotView:
    """That an organisation has cast its ballot, and when it last did; never what it says."""

    organisation: str
    on: str


@dataclass(frozen=True, slots=True)
class TallyView:
    """An item counted. ``bar`` is its part of the highest total, in hundredths, to draw it by."""

    item: Said
    total: str
    rank: int
    tied_with: tuple[str, ...]
    scored: int
    blank: int
    outcome: str
    bar: int


@dataclass(frozen=True, slots=True)
class MarginView:
    """How far apart two neighbours are, and what would change it, as one sentence."""

    first: str
    second: str
    apart: str
    changes: int | None
    missing: int | None
    at_cut: bool
    said: Text


@dataclass(frozen=True, slots=True)
class ResultView:
    """A closed round: the items by rank, and how firmly the order and the cut stand."""

    tallies: tuple[TallyView, ...]
    ballots: int
    margins: tuple[MarginView, ...]
    cut: Text | None
    decisive: tuple[tuple[str, Text], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round. Scores are in ``result`` once it is closed, and in ``own`` for the one who asks for them."""

    id: str
    title: str
    state: Said
    closed: bool
    meeting: str
    closes: str
    method: Text
    blank: str
    most: str
    budget: str
    choices: tuple[Said, ...]
    cast: tuple[BallotView, ...]
    missing: tuple[str, ...]
    own: Mapping[str, str]
    result: ResultView | None
    steps: tuple[StepView, ...]
    facts: tuple[FactView, ...]
    on: str
    known: str = ""


def result_view(result: Result, firm: Robustness, titles: Mapping[str, Said]) -> ResultView:
    """A result with how firmly it stands, told."""
    top = max((tally.total for tally in result.tallies), default=0) or 1
    return ResultView(
        tallies=tuple(
            TallyView(
                titles[tally.choice],
                str(tally.total),
                tally.rank,
                tally.tied_with,
                tally.scored,
                tally.blank,
                tally.outcome or "",
                int(100 * tally.total / top),
            )
            for tally in result.tallies
        ),
        ballots=result.ballots,
        margins=tuple(
            MarginView(
                each.first,
                each.second,
                str(each.apart),
                each.changes,
                each.missing,
                each.at_cut,
                _say_margin(each.first, each.second, each.apart == 0, each.changes, each.missing),
            )
            for each in firm.margins
        ),
        cut=_say_cut(firm),
        decisive=tuple((each.caster, _say_decisive(each.caster, len(each.turns))) for each in firm.decisive),
        missing=firm.missing,
    )


def _say_margin(first: str, second: str, tied: bool, changes: int | None, missing: int | None) -> Text:  # noqa: FBT001 - one of five things told
    now = (
        Text(f"{first} og {second} står lige", f"{first} and {second} are level")
        if tied
        else Text(f"{first} står over {second}", f"{first} stands above {second}")
    )
    turned = (
        Text("ingen ændring af de givne point ændrer det", "no change of the points given turns it")
        if changes is None
        else Text(
            f"{changes} point givet anderledes ændrer det",
            f"{_points(changes)} given otherwise turn{'s' if changes == 1 else ''} it",
        )
    )
    late = (
        Text("ingen manglende seddel kan ændre det", "no missing ballot can turn it")
        if missing is None
        else Text(
            f"{missing} manglende {'seddel' if missing == 1 else 'sedler'} kan ændre det",
            f"{missing} missing {'ballot' if missing == 1 else 'ballots'} can turn it",
        )
    )
    return Text(f"{now.da}; {turned.da}; {late.da}", f"{now.en}; {turned.en}; {late.en}")


def _say_cut(firm: Robustness) -> Text | None:
    if firm.cut is None:
        return None
    if firm.cut.changes is None:
        return Text(
            "ingen ændring af de givne point ændrer, hvad der er med",
            "no change of the points given turns what is in",
        )
    return Text(
        f"{firm.cut.changes} point givet anderledes ændrer, hvad der er med",
        f"{_points(firm.cut.changes)} given otherwise turn{'s' if firm.cut.changes == 1 else ''} what is in",
    )


def _points(number: int) -> str:
    return "1 point" if number == 1 else f"{number} points"


def _say_decisive(caster: str, turns: int) -> Text:
    da = "et par sager stå" if turns == 1 else f"{turns} par sager stå"
    en = "one pair of items stand" if turns == 1 else f"{turns} pairs of items stand"
    return Text(f"uden {caster} ville {da} anderledes", f"without {caster} {en} otherwise")
