"""What the use cases on rounds answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.counting import Margin, Result, Robustness
from governance.model import Text
from governance.service.views import FactView, Said, StepView

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list; ``totals`` are of a closed one: item, points and rank, in the ranking's order.

    ``called`` is its title, or what it is and the day it closes.
    """

    id: str
    title: str
    state: Said
    closes: str
    meeting: str
    cast: int
    totals: tuple[tuple[str, str, int], ...]
    body: Said
    called: Text


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
    """A closed round: the items by rank, and how firmly the order and the cut stand.

    ``missing`` may cast and have not, ``perhaps`` have not either and it is not known whether they may: an
    organisation, or the id of a seat's row whose holder nobody knows. ``beyond`` are the ballots that count
    as they were stored though they break the method, each with what is wrong.
    """

    tallies: tuple[TallyView, ...]
    ballots: int
    margins: tuple[MarginView, ...]
    cut: Text | None
    decisive: tuple[tuple[str, Text], ...]
    missing: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    beyond: tuple[tuple[str, tuple[Text, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round. Scores are in ``result`` once it is closed, and in ``own`` for the one who asks for them.

    ``own_of`` is the organisation whose ballot ``own`` is; ``may_cast`` and ``may_change`` are those whose
    ballot whoever asks may cast, or change. ``missing`` and ``perhaps`` as for a result. ``called`` and
    ``meeting_called`` are what the round and its meeting are called, by a title or else by their day.
    """

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
    perhaps: tuple[str, ...] = ()
    version: int = 0
    own_of: str = ""
    may_cast: tuple[str, ...] = ()
    may_change: tuple[str, ...] = ()
    called: Text = NOTHING
    meeting_called: Text = NOTHING


def result_view(
    result: Result, firm: Robustness, titles: Mapping[str, Said], beyond: Mapping[str, tuple[Text, ...]]
) -> ResultView:
    """A result with how firmly it stands, told."""
    top = max((tally.total for tally in result.tallies), default=0) or 1
    return ResultView(
        tallies=tuple(
            TallyView(
                titles[tally.choice],
                str(tally.total),
                tally.rank,
                tally.tied_with,
                result.ballots - tally.blank,
                tally.blank,
                tally.outcome or "",
                max(0, int(100 * tally.total / top)),
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
                _say_margin(each, firm),
            )
            for each in firm.margins
        ),
        cut=_say_cut(firm),
        decisive=tuple((each.caster, _say_decisive(each.caster, len(each.turns))) for each in firm.decisive),
        missing=firm.missing,
        perhaps=firm.perhaps,
        beyond=tuple(sorted(beyond.items())),
    )


def _say_margin(each: Margin, firm: Robustness) -> Text:
    first, second, changes = each.first, each.second, each.changes
    now = (
        Text(f"{first} og {second} står lige", f"{first} and {second} are level")
        if each.apart == 0
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
    late = _say_missing(each.missing, len(firm.missing), len(firm.perhaps))
    return Text(f"{now.da}; {turned.da}; {late.da}", f"{now.en}; {turned.en}; {late.en}")


def _say_missing(needed: int | None, missing: int, perhaps: int) -> Text:
    """How many missing ballots turn it, and how many of them nobody knows to be missing."""
    if needed is None:
        none = Text("ingen manglende seddel kan ændre det", "no missing ballot can turn it")
        da, en = ("den ene", "one") if perhaps == 1 else (f"de {perhaps}", str(perhaps))
        also = Text(f", heller ikke {da}, der måske mangler", f", nor the {en} perhaps missing")
        return Text(none.da + also.da, none.en + also.en) if perhaps else none
    unsure = max(0, needed - missing)
    da, en = ("seddel", "ballot") if needed == 1 else ("sedler", "ballots")
    if unsure == needed:
        return Text(
            f"{needed} {da}, der kun måske mangler, kan ændre det",
            f"{needed} {en} only perhaps missing can turn it",
        )
    also = (
        Text(f", hvoraf {unsure} kun måske mangler,", f", {unsure} of them only perhaps,")
        if unsure
        else Text("", "")
    )
    return Text(
        f"{needed} manglende {da}{also.da} kan ændre det", f"{needed} missing {en}{also.en} can turn it"
    )


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
    da = "ét par sager stå" if turns == 1 else f"{turns} par sager stå"
    en = "one pair of items stand" if turns == 1 else f"{turns} pairs of items stand"
    return Text(f"uden {caster} ville {da} anderledes", f"without {caster} {en} otherwise")
