"""What would make a condition come out true (or false): ways, each an ordered list of remedies.

Within a remedy's reach is what people can do from the day of the request on, in the round the item is in:

- a body does an act (``Do``). An act that was done cannot be undone, and no remedy reopens an item;
- a fact that is not fully known is recorded, within what it can still be (``Record``);
- a fact that is known, or can no longer be as wanted, is brought to be otherwise (``Change``). That is asked
  only where a rule requires it, never so that a rule stops applying: ``change`` says which of the two it is;
- a list is declared complete (``Complete``), and the step waits for a later day (``Wait``);
- another body takes the step (``ActAs``).

A collection that others fill, such as members or tracks, has no act of its own: ``Reach`` says what should
come about, and how is left to those who read it. Not a remedy: that a rule lapses on its own date.

The ways of one condition are proposals. What a remedy brings with it elsewhere (an approval that no longer
stands, a reading that changes with the date) shows when it is tried; the referee tries each before telling.
"""

from __future__ import annotations

from functools import partial

from governance.conditions.combine import IMPOSSIBLE, NOTHING_NEEDED, either, together
from governance.conditions.judge import holds, value_of
from governance.conditions.mendacts import have_done, have_none
from governance.conditions.moves import (
    NEGATED,
    found_rows,
    is_fixed,
    meeting_points,
    move,
    move_either,
    reach_row,
)
from governance.conditions.narrow import window_near, window_round
from governance.conditions.nodes import (
    About,
    ActDone,
    All,
    AnyOf,
    Compare,
    Condition,
    Each,
    Exists,
    Not,
    OneOf,
    ReadingHolds,
    Recorded,
)
from governance.conditions.reasons import Complete, Record, Way
from governance.conditions.rows import Scope
from governance.values import Choice, Span, Truth

NEVER = AnyOf(())


def mend(condition: Condition, scope: Scope, *, wanted: bool = True, change: bool = True) -> tuple[Way, ...]:
    """Ways to make the condition true (or false), shortest first; none when nothing within reach can help."""
    if holds(condition, scope) is (Truth.TRUE if wanted else Truth.FALSE):
        return NOTHING_NEEDED
    match condition:
        case Not(part):
            return mend(part, scope, wanted=not wanted, change=change)
        case ReadingHolds(name):
            inner = scope.reading(name)
            if isinstance(inner, Span | Choice):
                return IMPOSSIBLE
            return mend(inner, scope, wanted=wanted, change=change)
        case All(parts) | AnyOf(parts):
            each = [mend(part, scope, wanted=wanted, change=change) for part in parts]
            return together(each) if isinstance(condition, All) is wanted else either(each)
        case Compare(left, operator, right):
            operator = operator if wanted else NEGATED[operator]
            return move_either(left, operator, right, scope, change=change)
        case OneOf(left, options):
            words = tuple(option.value for option in options)
            return move(left, "one_of" if wanted else "none_of", words, scope, change=change)
        case About(left):
            return _mend_about(condition, scope, wanted=wanted, change=change)
        case Recorded(fact, of):
            row = scope.row(of)
            fixed = not wanted or not row.id or is_fixed(row, fact)
            return IMPOSSIBLE if fixed else ((Record(row.id, fact, "recorded"),),)
        case ActDone():
            mending = partial(mend, change=change)
            return have_done(condition, scope, mending) if wanted else have_none(condition, scope, mending)
        case Exists() | Each():
            return _mend_rows(condition, scope, wanted=wanted, change=change)


def _mend_about(about: About, scope: Scope, *, wanted: bool, change: bool) -> tuple[Way, ...]:
    """Bring the date where it lies near the other wherever that one turns out to be; else the other to it."""
    earlier, later = value_of(about.earlier, scope), value_of(about.later, scope)
    operator = "about" if wanted else "not_about"
    for side, other, before, after in (
        (about.left, about.right, earlier, later),
        (about.right, about.left, later, earlier),
    ):
        centre = value_of(other, scope)
        window = window_near(centre, before, after) if wanted else window_round(centre, before, after)
        if window.low is not None and window.high is not None:
            ways = move(side, operator, (window,), scope, change=change)
            if ways:
                return ways
    return tuple(
        (*one, *other)
        for centre in meeting_points(
            value_of(about.right, scope), "after", value_of(about.left, scope), scope
        )
        for one in move(about.right, "is", (centre,), scope, change=change)
        for other in move(about.left, operator, (window_near(centre, earlier, later),), scope, change=change)
    )


def _mend_rows(condition: Exists | Each, scope: Scope, *, wanted: bool, change: bool) -> tuple[Way, ...]:
    """Some row must satisfy, or every row must: no row satisfying is every row failing, and the other way."""
    rows, satisfy = condition.rows, condition.satisfy
    if isinstance(condition, Exists) is wanted:
        wish = satisfy if wanted or satisfy is None else Not(satisfy)
        return _some_row(Exists(rows, wish), scope, change=change)
    if satisfy is None:
        return _every_row(Each(rows, NEVER), scope, change=change)
    return _every_row(Each(rows, satisfy if wanted else Not(satisfy)), scope, change=change)


def _every_row(each: Each, scope: Scope, *, change: bool) -> tuple[Way, ...]:
    """Complete the list, and bring every row to satisfy, or out of those that must."""
    found, closed = found_rows(each.rows, scope)
    parts: list[tuple[Way, ...]] = []
    for inner, _ in found:
        ways = [mend(each.satisfy, inner, change=change)]
        if each.rows.where is not None:
            ways.append(mend(each.rows.where, inner, wanted=False, change=change))
        parts.append(either(ways))
    if not closed:
        parts.append(((Complete(scope.row(each.rows.of).id, each.rows.collection),),))
    return together(parts)


def _some_row(exists: Exists, scope: Scope, *, change: bool) -> tuple[Way, ...]:
    """Bring a row that is there to satisfy, or have one that does."""
    rows = exists.rows
    _, listing = scope.listing(rows.collection, rows.of)
    ways: list[tuple[Way, ...]] = []
    for row in listing.rows:
        if row.there is Truth.TRUE:
            inner = scope.inside(rows.name, row)
            tests = [test for test in (rows.where, exists.satisfy) if test is not None]
            ways.append(together(mend(test, inner, change=change) for test in tests))
    return either([*ways, reach_row(exists, scope, change=change)])
