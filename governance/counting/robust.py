"""How firmly a result stands: the points, the cast ballots and the missing ballots that would change it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil
from typing import Literal

from governance.counting.ballots import Method, Paper, points
from governance.counting.margins import changes_to_cut, changes_to_turn
from governance.counting.tally import add_up, require_sound, split

Order = Literal["above", "level", "below"]


@dataclass(frozen=True, slots=True)
class Margin:
    """Two neighbours in the ranking: ``first`` stands above ``second`` or level with it.

    ``apart`` is the points between them. ``changes`` is the least number of changes of one point, for one
    choice on one cast ballot, after which their order is another: level or reversed when it is strict (as
    many as they are apart), no longer level when it is a tie; None when no changes do it, or when changes
    are not measured. ``missing`` is the least number of missing ballots that together could do the same,
    those that perhaps exist among them; None when not even all of them can. ``at_cut``: the last wanted
    choice and the one after it.
    """

    first: str
    second: str
    apart: Fraction
    changes: int | None
    missing: int | None
    at_cut: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """What it takes before the set of choices that are in is another one; what is on the line is not in.

    ``changes`` and ``missing`` as for a margin; ``pair`` is one pair that such changes turn.
    """

    changes: int | None
    pair: tuple[str, str] | None
    missing: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """How the first of two choices stands to the second with a ballot, and without it."""

    first: str
    second: str
    was: Order
    becomes: Order


@dataclass(frozen=True, slots=True)
class Decisive:
    """A cast ballot without which some pair of choices would stand otherwise: ``turns`` tells each such pair.

    Others can be in without it only when some pair turns. ``inside`` is the choices that would then be in,
    in the order of the ranking with it; None when they are the same.
    """

    caster: str
    turns: tuple[Turn, ...]
    inside: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Robustness:
    """How firmly a result stands. ``measured`` is false for borda: no changes are counted there, only points.

    ``cut`` is None when no number of choices is wanted. ``decisive`` is by caster, and so are ``missing``,
    the entitled who have not cast, and ``perhaps``, those who have not and who perhaps are not entitled.
    """

    measured: bool
    margins: tuple[Margin, ...]
    cut: Cut | None
    decisive: tuple[Decisive, ...]
    missing: tuple[str, ...]
    perhaps: tuple[str, ...] = ()


def robustness(
    method: Method,
    choices: Sequence[str],
    papers: Sequence[Paper],
    entitled: Collection[str],
    perhaps: Collection[str] = (),
    *,
    stored: bool = False,
) -> Robustness:
    """How firmly the result of ``count`` stands; exact. RequestError as for ``count``, and not if ``stored``.

    ``perhaps`` are those who may be entitled: a ballot that may exist counts as one that may be missing.
    """
    if not stored:
        require_sound(method, choices, papers)
    ballots = {paper.caster: points(method, choices, paper) for paper in papers}
    counted = add_up(choices, ballots.values())
    totals = {choice: counted[choice] for choice in sorted(choices, key=lambda each: -counted[each])}
    missing = tuple(sorted(set(entitled) - set(ballots)))
    unsure = tuple(sorted(set(perhaps) - set(entitled) - set(ballots)))
    absent = len(missing) + len(unsure)
    measured = method.kind != "borda"
    sheets = tuple(ballots.values())

    def margin(number: int, first: str, second: str) -> Margin:
        apart = totals[first] - totals[second]
        changes = changes_to_turn(method, sheets, totals, first, second) if measured else None
        needed = _missing_needed(method, len(totals), apart, absent)
        return Margin(first, second, apart, changes, needed, number == method.places)

    return Robustness(
        measured,
        tuple(margin(number, *pair) for number, pair in enumerate(pairwise(totals), start=1)),
        None if method.places is None else _cut(method, sheets, totals, absent),
        tuple(
            found
            for caster in sorted(ballots)
            if (found := _without(method, totals, caster, ballots[caster]))
        ),
        missing,
        unsure,
    )


def _missing_needed(method: Method, size: int, apart: Fraction, missing: int) -> int | None:
    """The least number of missing ballots that could turn a pair: each gives all it can to one of them."""
    limits = [limit for limit in (method.each, method.whole) if limit is not None]
    if method.kind == "borda":
        limits = [size - 1]
    needed = 1
    if limits:
        if min(limits) == 0:
            return None
        needed = max(1, ceil(apart / min(limits)))
    return needed if needed <= missing else None


def _cut(
    method: Method, ballots: Sequence[Mapping[str, Fraction]], totals: Mapping[str, Fraction], missing: int
) -> Cut:
    """A missing ballot settles a tie on the line by one point; else one not in must reach one that is."""
    outcomes = split(totals, method.places)
    inside = [total for choice, total in totals.items() if outcomes[choice] == "in"]
    outside = [total for choice, total in totals.items() if outcomes[choice] == "out"]
    needed = None
    if "line" in outcomes.values():
        needed = _missing_needed(method, len(totals), Fraction(0), missing)
    elif inside and outside:
        needed = _missing_needed(method, len(totals), inside[-1] - outside[0], missing)
    found = changes_to_cut(method, ballots, totals) if method.kind != "borda" else None
    changes, pair = found or (None, None)
    return Cut(changes, pair, needed)


def _without(
    method: Method, totals: Mapping[str, Fraction], caster: str, ballot: Mapping[str, Fraction]
) -> Decisive | None:
    left = {choice: total - ballot[choice] for choice, total in totals.items()}
    turns = []
    for first, second in combinations(totals, 2):
        was, becomes = (_order(each[first], each[second]) for each in (totals, left))
        if was != becomes:
            turns.append(Turn(first, second, was, becomes))
    if not turns:
        return None
    before, after = (split(each, method.places) for each in (totals, left))
    inside, still = (tuple(choice for choice in each if each[choice] == "in") for each in (before, after))
    return Decisive(caster, tuple(turns), None if inside == still else still)


def _order(first: Fraction, second: Fraction) -> Order:
    if first == second:
        return "level"
    return "above" if first > second else "below"
