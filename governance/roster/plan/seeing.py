"""What the rules see of each candidate in a seat: its part in every count, and its own term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from governance.conditions.nodes import Rows
from governance.conditions.rows import Row
from governance.model import Finding, Force, Verdict
from governance.roster.plan.nouns import Asked, Candidate, Rank, rank_of
from governance.roster.plan.parts import (
    Counting,
    Part,
    Said,
    counts_of,
    fact_counted,
    part_of,
    said_of,
    words_of,
)
from governance.roster.plan.supposing import Bench
from governance.rulebook import Rule
from governance.values import Truth, Value
from governance.world import body_row, row_for


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate in a seat: its parts, the rank of its own term, and the must of its term that is broken.

    It ``may`` sit there when none is.
    """

    parts: tuple[Part, ...]
    rank: Rank
    may: bool
    broken: Finding | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """The candidates as the rules see them.

    ``kinds`` are seats that the rules cannot tell apart; ``seen`` has each candidate for each kind of seat.
    ``facts`` are those asked, by candidate, and ``unknown`` which of them are not known; ``worded`` are those
    that are one of some words. ``single`` are rules that look at every candidate by itself.
    """

    kinds: tuple[tuple[str, ...], ...]
    seen: tuple[tuple[Seen, ...], ...]
    facts: tuple[tuple[tuple[Asked, Value], ...], ...]
    unknown: tuple[tuple[Asked, ...], ...]
    worded: frozenset[Asked]
    single: tuple[Rule, ...]


def look(bench: Bench, candidates: Sequence[Candidate]) -> Looked:
    """Every candidate tried in every kind of seat."""
    counts = [list(counts_of(rule, bench)) for rule in bench.body_rules]
    single = [any(count is None for count in found) for found in counts]
    known = [[count for count in found if count is not None and None not in found] for found in counts]
    seats = bench.seats if _asks_about_seats(bench) else bench.seats[:1]
    tried = [[_try(bench, known, seat, candidate) for seat in seats] for candidate in candidates]
    shared = _shared(bench, known, tried)
    seen = [
        [
            Seen(
                tuple(_parts(bench, known, single, found, shared, place)),
                found.rank,
                found.broken is None,
                found.broken,
            )
            for found in each
        ]
        for place, each in enumerate(tried)
    ]
    columns: dict[object, list[int]] = {}
    for at in range(len(seats)):
        columns.setdefault(tuple(each[at] for each in seen), []).append(at)
    groups = list(columns.values())
    kinds = tuple(tuple(seats[at] for at in group) for group in groups)
    return Looked(
        kinds if len(seats) > 1 else (bench.seats,),
        tuple(tuple(each[group[0]] for group in groups) for each in seen),
        tuple(each[0].facts for each in tried),
        tuple(each[0].unknown for each in tried),
        frozenset((fact.scope, fact.id) for fact in bench.asked if fact.kind.options),
        tuple(rule for rule, alone in zip(bench.body_rules, single, strict=True) if alone),
    )


def _asks_about_seats(bench: Bench) -> bool:
    """Whether it can matter which seat a candidate takes."""
    nodes = (node for rule in (*bench.body_rules, *bench.term_rules) for node in bench.nodes(rule))
    return any(
        getattr(node, "of", "") == "seat" or (isinstance(node, Rows) and node.collection == "seats")
        for node in nodes
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """A candidate in one seat: for each rule and count what its rows are there, with the values counted."""

    said: tuple[tuple[tuple[Said | None, ...], ...], ...]
    rank: Rank
    broken: Finding | None
    facts: tuple[tuple[Asked, Value], ...]
    unknown: tuple[Asked, ...]


def _try(bench: Bench, counts: list[list[Counting]], seat: str, candidate: Candidate) -> _Tried:
    world, (term,) = bench.world([(seat, candidate)])
    body = body_row(bench.body, world)
    scope = world.scope(("body", body))
    found = bench.on_a_term(term, world)
    row = row_for(term, world)
    unknown = bench.unknown_facts(row)
    broken = (each for each in found if each.force is Force.MUST and each.verdict is Verdict.BROKEN)
    said = tuple(
        tuple(tuple(said_of(count, row, scope) for row in _rows(count, body, seat)) for count in own)
        for own in counts
    )
    return _Tried(said, rank_of(found, len(unknown)), next(broken, None), bench.facts_of(row), unknown)


def _rows(count: Counting, body: Row, seat: str) -> list[Row]:
    """The rows that a seat has in a collection."""
    return [row for row in body.lists[count.rows.collection].rows if _seat_of(count, row) == seat]


def _seat_of(count: Counting, row: Row) -> str:
    return (row if count.rows.collection == "seats" else row.links["seat"]).id


Values = Mapping[tuple[int, int], Mapping[object, int]]
"""Of each count, by the rule's place and its own, how many rows may have each value."""


def _shared(bench: Bench, counts: list[list[Counting]], tried: Sequence[Sequence[_Tried]]) -> Values:
    body = body_row(bench.body, bench.base)
    scope = bench.base.scope(("body", body))
    shared: dict[tuple[int, int], dict[object, int]] = {}
    for rule, own in enumerate(counts):
        for place, count in enumerate(own):
            if fact_counted(count) is None:
                continue
            rows = body.lists[count.rows.collection].rows
            sitting = [said_of(count, row, scope) for row in rows]
            seen = [sitting, *({s for each in one for s in each.said[rule][place]} for one in tried)]
            found = shared.setdefault((rule, place), {})
            for who in seen:
                words = (said[1] for said in who if said is not None and not isinstance(said[1], Truth))
                for word in {word for value in words for word in words_of(value)}:
                    found[word] = found.get(word, 0) + 1
    return shared


def _parts(
    bench: Bench,
    counts: list[list[Counting]],
    single: Sequence[bool],
    found: _Tried,
    shared: Values,
    place: int,
) -> Iterator[Part]:
    for rule, own in enumerate(counts):
        if single[rule]:
            yield Part(rule, 0, place, often=False)
        for number, count in enumerate(own):
            for said in found.said[rule][number]:
                if said is not None:
                    part = part_of(count, said, shared.get((rule, number), {}), bench.body_rules[rule].force)
                    if part is not None:
                        yield Part(rule, number, *part)
