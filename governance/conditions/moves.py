"""Ways to bring one side of a comparison where it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from governance.conditions.combine import IMPOSSIBLE
from governance.conditions.expressions import members
from governance.conditions.judge import holds, value_of
from governance.conditions.narrow import SOME_OTHER_WORD, meets, narrow
from governance.conditions.nodes import (
    Condition,
    Count,
    Distinct,
    Exists,
    Expression,
    Extreme,
    Fact,
    Literal,
    Recorded,
    Rows,
    Share,
    Shift,
)
from governance.conditions.reasons import ActAs, Change, Complete, Reach, Record, Wait, Way
from governance.conditions.rows import Row, Scope
from governance.values import Choice, Span, Truth, Value, day, is_known, shift
from governance.vocabulary import DERIVED

NEGATED = {
    "is": "is_not",
    "at_least": "less_than",
    "less_than": "at_least",
    "at_most": "more_than",
    "more_than": "at_most",
    "before": "no_earlier_than",
    "no_earlier_than": "before",
    "after": "no_later_than",
    "no_later_than": "after",
    "one_of": "none_of",
    "about": "not_about",
}
MIRRORED = {
    "is": "is",
    "is_not": "is_not",
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
    "before": "after",
    "after": "before",
    "no_earlier_than": "no_later_than",
    "no_later_than": "no_earlier_than",
}
LOOSE = {
    "is_not": "is",
    "less_than": "at_most",
    "more_than": "at_least",
    "before": "no_later_than",
    "after": "no_earlier_than",
}
SPLIT = frozenset({"is_not", "one_of", "none_of", "not_about"})
FOR_NUMBERS = frozenset({"at_least", "at_most", "more_than", "less_than"})
FOR_DATES = frozenset({"before", "after", "no_later_than", "no_earlier_than"})
FIXED_SCOPES = frozenset({"act", "year"})
FIXED_FACTS = frozenset({("organisation", "kind"), ("member", "kind")})
ONLY_GROWS = frozenset({"acts"})


def move(
    side: Expression, operator: str, wanted: tuple[Value, ...], scope: Scope, *, change: bool
) -> tuple[Way, ...]:
    """Ways to make a side compare as wanted; ``change`` when what is known may be brought to be otherwise."""
    if operator in SPLIT and any(isinstance(value, Span) for value in wanted):
        return tuple(
            way
            for simpler, bound in _split(operator, wanted)
            for way in move(side, simpler, (bound,), scope, change=change)
        )
    match side:
        case Fact("on", of) if of == "request" or _is_to_come(scope.row(of)):
            return _wait(operator, wanted, scope)
        case Fact("body", "request"):
            named = [value.word for value in wanted if isinstance(value, Choice)]
            bodies = tuple(body for body in named if body is not None)
            return ((ActAs(bodies),),) if bodies and operator in ("is", "one_of") else IMPOSSIBLE
        case Fact(name, of):
            return _settle(name, scope.row(of), operator, wanted, scope, change=change)
        case Shift():
            return _move_shift(side, operator, wanted, scope, change=change)
        case Count(rows) | Distinct(_, rows) | Share(rows) | Extreme(_, _, rows):
            return _move_rows(side, rows, operator, wanted, scope, change=change)
        case _:
            return IMPOSSIBLE


def move_either(
    left: Expression, operator: str, right: Expression, scope: Scope, *, change: bool
) -> tuple[Way, ...]:
    """Ways to make two sides compare: the left one moved, else the right one, else both to meet between."""
    mirrored = MIRRORED[operator]
    ways = move(left, operator, (value_of(right, scope),), scope, change=change)
    if not ways or isinstance(left, Count | Distinct | Share | Extreme):
        ways += move(right, mirrored, (value_of(left, scope),), scope, change=change)
    if ways:
        return ways
    return tuple(
        (*one, *other)
        for between in meeting_points(value_of(left, scope), operator, value_of(right, scope), scope)
        for one in move(left, operator, (between,), scope, change=change)
        for other in move(right, LOOSE.get(mirrored, mirrored), (between,), scope, change=change)
    )


def _is_to_come(row: Row) -> bool:
    """Whether this is an act not yet done, whose day is still open."""
    return row.scope == "act" and not row.id


def is_fixed(row: Row, fact: str) -> bool:
    """Whether nobody writes the fact down by itself: it comes with the act, the year or the thing."""
    fixed = row.scope in FIXED_SCOPES or fact in DERIVED.get(row.scope, ())
    return fixed or fact == "id" or (row.scope, fact) in FIXED_FACTS


def _split(operator: str, wanted: tuple[Value, ...]) -> Iterator[tuple[str, Value]]:
    """Numbers and dates that are one of several, or not some, as spans that can be named."""
    spans = [value for value in wanted if isinstance(value, Span)]
    if operator == "one_of":
        yield from (("is", span) for span in spans)
        return
    lows = [span.low for span in spans if span.low is not None]
    highs = [span.high for span in spans if span.high is not None]
    dates = any(isinstance(end, date) for end in (*lows, *highs))
    if len(lows) == len(spans):
        first = min(lows)
        yield "before" if dates else "less_than", Span(first, first)
    if len(highs) == len(spans):
        last = max(highs)
        yield "after" if dates else "more_than", Span(last, last)
    points = sorted(lows) if operator == "none_of" else []
    for one, other in pairwise(points):
        if isinstance(one, Fraction) and isinstance(other, Fraction):
            middle = (one + other) / 2
            yield "is", Span(middle, middle)
        elif isinstance(one, date) and isinstance(other, date) and (other - one).days > 1:
            yield "about", Span(one + timedelta(days=1), other - timedelta(days=1))


def meeting_points(left: Value, operator: str, right: Value, scope: Scope) -> Iterator[Value]:
    """Values at which two open sides can meet: today, or nought, when nothing is known of either."""
    if isinstance(left, Choice) and isinstance(right, Choice):
        words = left.scale or sorted(left.options or right.options or {SOME_OTHER_WORD})
        yield from (Choice(frozenset({word}), left.scale) for word in words)
        return
    ends = [end for side in (left, right) if isinstance(side, Span) for end in (side.low, side.high)]
    known = sorted(end for end in ends if end is not None)
    yield from (Span(end, end) for end in dict.fromkeys(known))
    if not known and operator not in FOR_NUMBERS and isinstance(scope.on.low, date):
        yield from (day(scope.on.low + timedelta(days=days)) for days in (0, 1))
    if not known and operator not in FOR_DATES:
        yield Span(Fraction(0), Fraction(0))


def _settle(
    name: str, row: Row, operator: str, wanted: tuple[Value, ...], scope: Scope, *, change: bool
) -> tuple[Way, ...]:
    if is_fixed(row, name):
        return IMPOSSIBLE
    unknown = scope.unknown(row.scope, name)
    known = row.facts.get(name, unknown)
    about = row.id or row.scope
    if not is_known(known) and _narrows(known, operator, wanted):
        return ((Record(about, name, operator, wanted),),)
    if change and _narrows(unknown, operator, wanted):
        return ((Change(about, name, operator, wanted),),)
    return IMPOSSIBLE


def _narrows(value: Value, operator: str, wanted: tuple[Value, ...]) -> bool:
    if isinstance(value, Span) and not all(_same_sort(value, each) for each in wanted):
        return False
    return narrow(value, operator, wanted) is not None


def _same_sort(value: Span, wanted: Value) -> bool:
    ends = [value.low, value.high, *((wanted.low, wanted.high) if isinstance(wanted, Span) else ())]
    return len({isinstance(end, date) for end in ends if end is not None}) <= 1


def _wait(operator: str, wanted: tuple[Value, ...], scope: Scope) -> tuple[Way, ...]:
    """The first day from the request's on that compares as wanted."""
    if not isinstance(scope.on.low, date):
        return IMPOSSIBLE
    left = narrow(Span(scope.on.low, None), operator, wanted)
    if not isinstance(left, Span) or not isinstance(left.low, date):
        return IMPOSSIBLE
    return ((Wait(left.low),),)


def _move_shift(
    side: Shift, operator: str, wanted: tuple[Value, ...], scope: Scope, *, change: bool
) -> tuple[Way, ...]:
    """Move the date that is shifted, to where it comes out right."""
    window = narrow(Span(), operator, wanted)
    amount = value_of(side.amount, scope)
    if not isinstance(window, Span):
        return IMPOSSIBLE

    def first(end: object, sign: int, fits: str) -> date | None:
        """The outermost day, going by ``sign``, that is shifted to no further than ``end``."""
        if not isinstance(end, date):
            return None
        about = shift(day(end), amount, side.unit, back=not side.back)
        start = about.high if sign > 0 else about.low
        if not isinstance(start, date):
            return None
        near = [start + timedelta(days=sign * n) for n in range(-5, 6)]
        found = (
            x
            for x in near
            if meets(shift(day(x), amount, side.unit, back=side.back), fits, (day(end),)) is Truth.TRUE
        )
        return next(found, None)

    low, high = first(window.low, 1, "no_earlier_than"), first(window.high, -1, "no_later_than")
    if (low is None) is not (window.low is None) or (high is None) is not (window.high is None):
        return IMPOSSIBLE
    if low is not None and high is not None:
        bounds: tuple[str, Span] = ("is", day(low)) if low == high else ("about", Span(low, high))
        if low > high:
            return IMPOSSIBLE
    else:
        bounds = (
            ("no_earlier_than", Span(low, low)) if low is not None else ("no_later_than", Span(high, high))
        )
    return move(side.base, bounds[0], (bounds[1],), scope, change=change)


def _move_rows(
    side: Expression, rows: Rows, operator: str, wanted: tuple[Value, ...], scope: Scope, *, change: bool
) -> tuple[Way, ...]:
    """Complete the list when that settles it; else say what should come about."""
    owner, listing = scope.listing(rows.collection, rows.of)
    ways: list[Way] = []
    closed = complete(rows, scope)
    settled = meets(value_of(side, closed), operator, wanted)
    if not listing.closed and settled is not Truth.FALSE:
        ways.append((Complete(owner.id, rows.collection),))
        if settled is Truth.TRUE:
            return tuple(ways)
    grown = settled is Truth.FALSE and operator in ("at_most", "less_than") and isinstance(side, Count)
    if grown and rows.collection in ONLY_GROWS and _is_about(rows.where, rows.name):
        return IMPOSSIBLE
    may_reach = change or rows.collection in ONLY_GROWS or settled is Truth.UNKNOWN
    return (*ways, (Reach(owner.id, side, operator, wanted),)) if may_reach else tuple(ways)


def complete(rows: Rows, scope: Scope) -> Scope:
    """The scope as it would be were the collection complete."""
    owner, listing = scope.listing(rows.collection, rows.of)
    lists = {**owner.lists, rows.collection: replace(listing, closed=True)}
    return scope.inside(rows.of, replace(owner, lists=lists))


def reach_row(exists: Exists, scope: Scope, *, change: bool) -> tuple[Way, ...]:
    """Have a row that satisfies, where there may be one more."""
    if not change and exists.rows.collection not in ONLY_GROWS and holds(exists, scope) is Truth.FALSE:
        return IMPOSSIBLE
    return ((Reach(scope.row(exists.rows.of).id, exists, "exists"),),)


def _is_about(condition: Condition | None, name: str) -> bool:
    """Whether a condition speaks of nothing but the row of that name."""
    return condition is None or facts_of_others(condition, name) == 0


def facts_of_others(tree: object, name: str) -> int:
    """How many facts of other rows a condition mentions."""
    if isinstance(tree, Fact | Recorded):
        return tree.of != name
    if isinstance(tree, Literal | str) or not hasattr(tree, "__dataclass_fields__"):
        parts = tree if isinstance(tree, tuple) else ()
        return sum(facts_of_others(part, name) for part in parts)
    return sum(facts_of_others(getattr(tree, each), name) for each in tree.__dataclass_fields__)


def found_rows(rows: Rows, scope: Scope) -> tuple[list[tuple[Scope, Truth]], bool]:
    """The rows that may belong, each with its scope and whether it certainly does."""
    found, closed = members(rows, scope, holds)
    return [(member.scope, member.in_) for member in found], closed
