"""What a value expression can be: a range over every way the unknown may turn out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from governance.conditions.nodes import (
    Condition,
    Count,
    Distinct,
    Expression,
    Extreme,
    Fact,
    Literal,
    Reading,
    Rows,
    Share,
    Shift,
)
from governance.conditions.rows import Row, Scope
from governance.values import Choice, Span, Truth, Value, ValueMismatch, all_of, shift

if TYPE_CHECKING:
    from collections.abc import Callable

    Holds = Callable[[Condition, Scope], Truth]


@dataclass(frozen=True, slots=True)
class Member:
    """A row that may belong to a collection: ``in_`` is true when it certainly does."""

    row: Row
    scope: Scope
    in_: Truth


def members(rows: Rows, scope: Scope, holds: Holds) -> tuple[list[Member], bool]:
    """The rows that belong or may belong, and whether the collection is closed."""
    _, listing = scope.listing(rows.collection, rows.of)

    def candidates() -> Iterator[Member]:
        for row in listing.rows:
            inner = scope.inside(rows.name, row)
            tests = [row.there] if rows.where is None else [row.there, holds(rows.where, inner)]
            if (truth := all_of(tests)) is not Truth.FALSE:
                yield Member(row, inner, truth)

    return list(candidates()), listing.closed


def evaluate(expression: Expression, scope: Scope, holds: Holds) -> Value:
    """The value of an expression; ``holds`` judges the conditions inside it."""
    match expression:
        case Literal(value):
            return value
        case Fact(name, of):
            return scope.fact(name, of)
        case Reading(name):
            meaning = scope.reading(name)
            if not isinstance(meaning, Span | Choice):
                raise ValueMismatch(f"reading {name} is a condition, not a value")
            return meaning
        case Count(rows, same):
            found, closed = members(rows, scope, holds)
            low, high = sum(member.in_ is Truth.TRUE for member in found), len(found)
            if same is not None:
                low, high = _largest_group(found, same)
            return Span(Fraction(low), Fraction(high) if closed else None)
        case Distinct(fact, rows):
            found, closed = members(rows, scope, holds)
            return _distinct(fact, found, closed=closed)
        case Share():
            return _share(expression, scope, holds)
        case Extreme(which, fact, rows):
            found, closed = members(rows, scope, holds)
            return _extreme(which, fact, found, closed=closed)
        case Shift(base, amount, unit, back):
            return shift(evaluate(base, scope, holds), evaluate(amount, scope, holds), unit, back=back)


def _words(member: Member, fact: str) -> frozenset[str] | None:
    value = member.scope.fact(fact, member.scope.named[-1][0])
    if isinstance(value, Choice):
        return value.options
    return None if value.point is None else frozenset({str(value.point)})


def _distinct(fact: str, found: list[Member], *, closed: bool) -> Span:
    certain: set[str] = set()
    possible: set[str] = set()
    loose, limited = 0, True
    for member in found:
        words = _words(member, fact)
        if words is None:
            loose, limited = loose + 1, False
            continue
        if len(words) > 1:
            loose += 1
        elif member.in_ is Truth.TRUE:
            certain |= words
        possible |= words
    known_sets = [
        words for member in found if (words := _words(member, fact)) is not None and len(words) == 1
    ]
    most = len(frozenset().union(*known_sets)) + loose
    if limited:
        most = min(most, len(possible))
    least = max(len(certain), 1 if any(member.in_ is Truth.TRUE for member in found) else 0)
    return Span(Fraction(least), Fraction(most) if closed else None)


def _largest_group(found: list[Member], fact: str) -> tuple[int, int]:
    options = [(member.in_ is Truth.TRUE, _words(member, fact)) for member in found]
    every = sorted(frozenset().union(*(words for _, words in options if words is not None)))
    low = max(
        (sum(sure and words == frozenset({word}) for sure, words in options) for word in every), default=0
    )
    high = max((sum(words is None or word in words for _, words in options) for word in every), default=0)
    free = sum(words is None for _, words in options)
    return max(low, 1 if any(sure for sure, _ in options) else 0), max(high, free)


def _share(share: Share, scope: Scope, holds: Holds) -> Span:
    found, closed = members(share.rows, scope, holds)
    sure = sum(member.in_ is Truth.TRUE for member in found)
    if not sure:
        return Span()
    if not closed:
        return Span(Fraction(0), Fraction(1))
    if share.same is not None:
        low, high = _largest_group(found, share.same)
        return Span(Fraction(low, len(found)), Fraction(high, max(sure, high)))
    yes = no = may_yes = may_no = 0
    for member in found:
        truth = holds(share.satisfy, member.scope) if share.satisfy is not None else Truth.TRUE
        if member.in_ is Truth.TRUE and truth is not Truth.UNKNOWN:
            yes, no = yes + (truth is Truth.TRUE), no + (truth is Truth.FALSE)
        else:
            may_yes += truth is not Truth.FALSE
            may_no += truth is not Truth.TRUE
    return Span(Fraction(yes, yes + no + may_no or 1), Fraction(yes + may_yes, yes + may_yes + no or 1))


def _extreme(which: str, fact: str, found: list[Member], *, closed: bool) -> Span:
    spans = [(member.in_, member.scope.fact(fact, member.scope.named[-1][0])) for member in found]
    if not any(sure is Truth.TRUE for sure, _ in spans):
        return Span()
    first = which == "earliest"
    pick = min if first else max
    near = [
        span.high if first else span.low
        for sure, span in spans
        if sure is Truth.TRUE and isinstance(span, Span)
    ]
    far = [span.low if first else span.high for _, span in spans if isinstance(span, Span)]
    sure_ends = [end for end in near if isinstance(end, date)]
    far_ends = [end for end in far if isinstance(end, date)]
    inner = pick(sure_ends) if sure_ends else None
    outer = pick(far_ends) if closed and len(far_ends) == len(far) else None
    return Span(outer, inner) if first else Span(inner, outer)
