"""Counts over members and seats, and the part that one row has in each.

Such a count does not depend on the order of the rows, so a set of candidates comes to no more than which
parts are in it and how many of each. A rule that counts in a way not known here sees every candidate by
itself, which is as exact and soon too much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import NamedTuple

from governance.conditions.judge import holds, value_of
from governance.conditions.nodes import Count, Distinct, Each, Exists, Extreme, Fact, ReadingHolds, Share
from governance.conditions.rows import Row, Scope
from governance.model import Force
from governance.roster.plan.supposing import Bench
from governance.rulebook import Rule
from governance.values import Choice, Span, Truth, Value, ValueMismatch, all_of, any_of

Counting = Count | Distinct | Share | Extreme | Exists | Each
OF_CANDIDATES = ("members", "seats")
ALONE = "alone"
"""The value nobody else can have: one more, whichever it is."""


Said = tuple[Truth, Value | Truth]
"""What a row is to a count: whether it belongs, and its value or whether it satisfies."""


class Part(NamedTuple):
    """What a candidate adds to a count, by the rule's and the count's place; ``often``: how many matter."""

    rule: int
    place: int
    said: object
    often: bool


def counts_of(rule: Rule, bench: Bench) -> Iterator[Counting | None]:
    """The counts of a rule over members or seats; None for one inside another or of another body."""

    def walk(node: object, *, inside: bool) -> Iterator[Counting | None]:
        if isinstance(node, tuple):
            for each in node:
                yield from walk(each, inside=inside)
            return
        if isinstance(node, ReadingHolds):
            yield from walk(bench.meaning(node.name), inside=inside)
        if not is_dataclass(node) or isinstance(node, type):
            return
        if isinstance(node, Counting):
            if node.rows.collection in OF_CANDIDATES:
                yield None if inside or node.rows.of != "body" else node
            inside = True
        for part in fields(node):
            yield from walk(getattr(node, part.name), inside=inside)

    return walk(rule.conditions, inside=False)


def said_of(count: Counting, row: Row, scope: Scope) -> Said | None:
    """What one row is to a count; None for nothing."""
    try:
        return _told(count, row, scope)
    except ValueMismatch:  # then the rule cannot be judged, whoever sits
        return Truth.UNKNOWN, Truth.UNKNOWN


def _told(count: Counting, row: Row, scope: Scope) -> Said | None:
    inner = scope.inside(count.rows.name, row)
    where = count.rows.where
    in_ = all_of([row.there, Truth.TRUE if where is None else holds(where, inner)])
    if in_ is Truth.FALSE:
        return None
    fact = fact_counted(count)
    if fact is not None:
        return in_, value_of(Fact(fact, count.rows.name), inner)
    satisfy = None if isinstance(count, Count | Distinct | Extreme) else count.satisfy
    return in_, Truth.TRUE if satisfy is None else holds(satisfy, inner)


def fact_counted(count: Counting) -> str | None:
    """The fact whose values a count tells apart."""
    return count.fact if isinstance(count, Distinct | Extreme) else getattr(count, "same", None)


def words_of(value: Value) -> tuple[object, ...]:
    """What a value may be, for telling values apart; None for anything."""
    if isinstance(value, Choice):
        return (None,) if value.options is None else tuple(value.options)
    return (value.point,)


def part_of(
    count: Counting, said: Said, shared: Mapping[object, int], force: Force
) -> tuple[object, bool] | None:
    """What a row adds to a count, and whether it matters how many add it; None for nothing.

    ``shared`` says how many may have each value: one that only this row can have stands for any such.
    """
    in_, value = said
    match count:
        case Exists():
            truth = all_of((in_, _truth(value)))
            return None if truth is Truth.FALSE else (truth, False)
        case Each():
            truth = any_of((in_.negated, _truth(value)))
            if truth is Truth.TRUE:
                return None
            return (said, True) if force is Force.SHOULD else (truth, False)
        case Extreme():
            return said, False
        case Distinct() | Count(_, str()) | Share(_, _, str()) if isinstance(value, Span | Choice):
            words = words_of(value)
            if len(words) > 1 or words[0] is None:
                return said, True
            if shared[words[0]] == 1:
                return (in_, ALONE), True
            return said, not isinstance(count, Distinct)
    return said, True


def _truth(value: Value | Truth) -> Truth:
    return value if isinstance(value, Truth) else Truth.UNKNOWN
