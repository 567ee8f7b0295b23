"""What would make a condition come out true (or false): ways, each an ordered list of remedies.

A way holds nothing that could be left out. No way at all means that nothing done from here on can help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import islice, product

from governance.conditions.expressions import members
from governance.conditions.judge import holds, judge, value_of
from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Distinct,
    Each,
    Exists,
    Expression,
    Fact,
    Not,
    OneOf,
    ReadingHolds,
    Recorded,
    Share,
)
from governance.conditions.reasons import Change, Complete, Do, Reach, Record, Remedy, Wait, Way
from governance.conditions.rows import Scope
from governance.values import Choice, Span, Truth, Value, compare, is_known

MOST_WAYS = 6
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
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
    "before": "after",
    "after": "before",
    "no_earlier_than": "no_later_than",
    "no_later_than": "no_earlier_than",
}
FIXED_SCOPES = frozenset({"act", "year"})
NOTHING_NEEDED: tuple[Way, ...] = ((),)
IMPOSSIBLE: tuple[Way, ...] = ()


def mend(condition: Condition, scope: Scope, *, wanted: bool = True) -> tuple[Way, ...]:
    """Ways to make the condition true (or false), shortest first, at most a handful."""
    goal = Truth.TRUE if wanted else Truth.FALSE
    if holds(condition, scope) is goal:
        return NOTHING_NEEDED
    match condition:
        case Not(part):
            return mend(part, scope, wanted=not wanted)
        case ReadingHolds(name):
            inner = scope.reading(name)
            return IMPOSSIBLE if isinstance(inner, Span | Choice) else mend(inner, scope, wanted=wanted)
        case All(parts) | AnyOf(parts):
            each = [mend(part, scope, wanted=wanted) for part in parts]
            return _together(each) if isinstance(condition, All) is wanted else _either(each)
        case Compare(left, operator, right):
            ways = _move(left, operator if wanted else NEGATED[operator], (value_of(right, scope),), scope)
            if ways or operator not in MIRRORED:
                return ways
            mirrored = MIRRORED[operator]
            return _move(right, mirrored if wanted else NEGATED[mirrored], (value_of(left, scope),), scope)
        case OneOf(left, options):
            words = tuple(option.value for option in options)
            return _move(left, "one_of" if wanted else "none_of", words, scope)
        case About(left):
            bounds = judge(condition, scope).wanted
            return _move(left, "about" if wanted else "not_about", (bounds,) if bounds else (), scope)
        case Recorded(fact, of):
            return ((Record(scope.row(of).id, fact, "recorded"),),) if wanted else IMPOSSIBLE
        case ActDone():
            return _mend_act(condition, scope, wanted=wanted)
        case Exists() | Each():
            return _mend_rows(condition, scope, wanted=wanted)


def _together(ways: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Every part must be mended: one way of each, joined, nothing twice."""
    joined = (tuple(dict.fromkeys(remedy for way in choice for remedy in way)) for choice in product(*ways))
    return _shortest(islice(joined, 4 * MOST_WAYS))


def _either(ways: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    return _shortest(way for some in ways for way in some)


def _shortest(ways: Iterable[Way]) -> tuple[Way, ...]:
    unique: list[Way] = sorted(dict.fromkeys(ways), key=len)
    kept: list[Way] = []
    for way in unique:
        if not any(set(other) <= set(way) for other in kept):
            kept.append(way)
    return tuple(kept[:MOST_WAYS])


def _move(left: Expression, operator: str, wanted: tuple[Value, ...], scope: Scope) -> tuple[Way, ...]:
    """Ways to bring one side of a comparison where it should be."""
    match left:
        case Fact("on", "request"):
            return _wait(operator, wanted, scope)
        case Fact(name, of):
            row = scope.row(of)
            if row.scope in FIXED_SCOPES:
                return IMPOSSIBLE
            settle: Callable[..., Remedy] = Change if is_known(scope.fact(name, of)) else Record
            if settle is Record and not _still_possible(scope.fact(name, of), operator, wanted):
                settle = Change
            return ((settle(row.id or of, name, operator, wanted),),)
        case Count(rows) | Distinct(_, rows) | Share(rows):
            found, closed = members(rows, scope, holds)
            owner = scope.row(rows.of).id
            if not closed and operator in ("at_most", "less_than"):
                return (
                    ((Complete(owner, rows.collection),),)
                    if _fits(len(found), operator, wanted)
                    else IMPOSSIBLE
                )
            return ((Reach(owner, left, operator, wanted),),)
        case _:
            return IMPOSSIBLE


def _fits(size: int, operator: str, wanted: tuple[Value, ...]) -> bool:
    return compare(Span(Fraction(size), Fraction(size)), operator, wanted[0]) is Truth.TRUE


def _still_possible(value: Value, operator: str, wanted: tuple[Value, ...]) -> bool:
    if operator in ("one_of", "none_of", "about", "not_about", "is_not"):
        return True
    return compare(value, operator, wanted[0]) is not Truth.FALSE


def _wait(operator: str, wanted: tuple[Value, ...], scope: Scope) -> tuple[Way, ...]:
    bound = wanted[0]
    if not isinstance(bound, Span):
        return IMPOSSIBLE
    until = {"no_earlier_than": bound.high, "after": bound.high, "is": bound.point, "about": bound.low}.get(
        operator
    )
    if not isinstance(until, date) or (scope.on.low is not None and _past(scope, until)):
        return IMPOSSIBLE
    if operator == "after":
        until = date.fromordinal(until.toordinal() + 1)
    return ((Wait(until),),)


def _past(scope: Scope, until: date) -> bool:
    return isinstance(scope.on.low, date) and until < scope.on.low


def _mend_act(done: ActDone, scope: Scope, *, wanted: bool) -> tuple[Way, ...]:
    owner, listing = scope.listing("acts", done.of)
    if not wanted:
        judged = judge(done, scope)
        only_open = judged.truth is Truth.UNKNOWN and not listing.closed and not judged.near
        return ((Complete(owner.id, "acts"),),) if only_open else IMPOSSIBLE
    earliest, latest = _dates(done, scope)
    today = scope.on.low
    if isinstance(today, date) and latest is not None and latest < today:
        return IMPOSSIBLE
    rest = tuple(test for test in done.tests if not _is_date_test(test, done.name))
    return ((Do(owner.id, done.acts, done.by, earliest, latest, rest),),)


def _is_date_test(test: Condition, name: str) -> bool:
    return isinstance(test, Compare | About) and test.left == Fact("on", name)


def _dates(done: ActDone, scope: Scope) -> tuple[date | None, date | None]:
    """Between which days a new act would pass the date tests."""
    earliest: list[date] = []
    latest: list[date] = []
    for test in done.tests:
        if not _is_date_test(test, done.name):
            continue
        match test:
            case About():
                bounds = judge(test, scope).wanted
                low, high = (bounds.low, bounds.high) if isinstance(bounds, Span) else (None, None)
            case Compare(_, operator, right):
                bound = value_of(right, scope)
                low = high = None
                if isinstance(bound, Span):
                    low = bound.high if operator in ("no_earlier_than", "after", "is") else None
                    high = bound.low if operator in ("no_later_than", "before", "is") else None
            case _:
                continue
        earliest += [low] if isinstance(low, date) else []
        latest += [high] if isinstance(high, date) else []
    return max(earliest, default=None), min(latest, default=None)


def _mend_rows(condition: Exists | Each, scope: Scope, *, wanted: bool) -> tuple[Way, ...]:
    found, closed = members(condition.rows, scope, holds)
    owner = scope.row(condition.rows.of).id
    done = Complete(owner, condition.rows.collection)
    some = isinstance(condition, Exists)
    if some is not wanted:
        if not some and not wanted:
            return IMPOSSIBLE
        satisfy = condition.satisfy
        if satisfy is None:
            return ((done,),) if not found and not closed else IMPOSSIBLE
        ways = [mend(satisfy, member.scope, wanted=wanted) for member in found]
        return _together([*ways, NOTHING_NEEDED if closed else ((done,),)])
    if not wanted:
        return IMPOSSIBLE
    ways = [
        mend(condition.satisfy, member.scope)
        for member in found
        if member.in_ is Truth.TRUE and condition.satisfy is not None
    ]
    return _either([*ways, ((Reach(owner, condition, "exists"),),)])
