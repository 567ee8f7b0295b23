"""Random partly known worlds, every completion of them, and random conditions on them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from governance.conditions.nodes import (
    ActDone,
    Condition,
)
from governance.conditions.rows import Listing, Row, Scope
from governance.values import Choice, Kind, Span, Truth, Value, day, is_known, number, word

DAYS = tuple(date(2024, 2, 27) + timedelta(days=n) for n in range(4))
SIZES = ("S", "M", "L")
WORDS = ("a", "b", "c")
BODIES = ("b1", "b2")
ACTS = ("act1", "act2")
YES_NO = ("ja", "nej")

NUMBER, DATE, SIZE = Kind("number"), Kind("date"), Kind("scale", SIZES)
CHOSEN, ANY_WORD, ANSWER = Kind("word", WORDS), Kind("word"), Kind("word", YES_NO)
COMMON = {"n": NUMBER, "d": DATE, "s": SIZE, "w": CHOSEN, "o": ANY_WORD}
FACTS: Mapping[str, Mapping[str, Kind]] = {
    "item": COMMON,
    "relation": COMMON,
    "act": {
        "act": Kind("word", ACTS),
        "body": Kind("word", BODIES),
        "on": DATE,
        "current_round": ANSWER,
        "stands": ANSWER,
        "person": ANY_WORD,
    },
    "request": {"on": DATE, "person": ANY_WORD},
}
LISTS = {"item": {"acts": "act", "tracks": "item", "relations": "relation"}}
ORDERED = ("is", "at_least", "at_most", "more_than", "less_than")
DATED = ("is", "before", "after", "no_later_than", "no_earlier_than")

PARTS: Sequence[Span] = [number(Fraction(part)) for part in ("0", "1/3", "1/2", "2/3", "1")]
NUMBERS: Sequence[Span] = [number(Fraction(n, 2)) for n in range(-2, 8)]
DATES: Sequence[Span] = [
    *(day(date(year, 2, 28)) for year in (2000, 2020, 2023, 2025, 2028)),
    *(day(DAYS[0] + timedelta(days=n)) for n in range(-3, 8)),
    *(day(DAYS[0] + timedelta(days=n)) for n in (-40, -20, 20, 40)),
]
"""What an unknown number or date may turn out to be: all that the conditions made here can tell apart."""

Named = Mapping[str, str]
"""The rows a condition can name where it stands, by name, with their scopes."""


def unknown(scope: str, fact: str) -> Value:
    return FACTS[scope][fact].unknown()


# --------------------------------------------------------------------------------------- worlds


@dataclass(frozen=True)
class World:
    """What a condition is judged on here: a request about an item, and readings."""

    request: Row
    item: Row
    readings: Mapping[str, Value | Condition]

    @property
    def scope(self) -> Scope:
        on = self.request.facts["on"]
        assert isinstance(on, Span)
        return Scope((("request", self.request), ("item", self.item)), on, self.readings.__getitem__, unknown)


@dataclass(frozen=True)
class Murk:
    """How much of a world is unknown.

    The chance that a fact is known, told at all, a list closed, a row certainly there, a link recorded.
    """

    known: float = 0.6
    told: float = 0.75
    closed: float = 0.6
    there: float = 0.75
    linked: float = 0.6
    rows: tuple[int, ...] = (0, 1, 2, 3)


CLEAR = Murk(0.85, 0.92, 1.0, 0.9, 1.0, (0, 1, 1, 2))
"""Little unknown and every list closed, so that all completions can be looked at."""


def random_value(random: Random, kind: Kind, known: float) -> Value:
    """Known, or a range or choice, sometimes with an open end."""
    options = points(kind)
    if random.random() < known:
        return random.choice(options)
    if kind.name in ("number", "date"):
        low, high = sorted(random.sample(range(len(options)), 2))
        ends = [options[low].low, options[high].high]
        return Span(*(None if random.random() < 0.2 else end for end in ends))
    few = random.sample(range(len(options)), min(2, len(options)))
    return replace(options[0], options=frozenset(options[n].word for n in few))


def points(kind: Kind) -> list[Value]:
    """The known values that worlds and conditions are made of."""
    if kind.name == "number":
        return [number(n) for n in range(3)]
    if kind.name == "date":
        return [day(each) for each in DAYS]
    if kind.name == "scale":
        return [Choice(frozenset({size}), SIZES) for size in SIZES]
    return [word(each) for each in kind.options or ("x", "y")]


def random_row(random: Random, scope: str, name: str, depth: int, murk: Murk) -> Row:
    facts = {
        fact: random_value(random, kind, murk.known)
        for fact, kind in FACTS[scope].items()
        if random.random() < murk.told
    }
    recorded = frozenset(fact for fact in FACTS[scope] if fact in facts and random.random() < 0.9)
    lists = {}
    for collection, inner in LISTS.get(scope, {}).items():
        rows = tuple(
            random_row(random, inner, f"{name}/{collection}{n}", depth - 1, murk)
            for n in range(random.choice(murk.rows) if depth else 0)
        )
        if depth or murk is CLEAR:
            lists[collection] = Listing(rows, closed=random.random() < murk.closed)
    links = {}
    if scope == "item" and depth and random.random() < murk.linked:
        links["whole"] = random_row(random, "item", f"{name}/whole", depth - 1, murk)
    there = Truth.TRUE if random.random() < murk.there else Truth.UNKNOWN
    return Row(scope, name, facts, links, lists, there, recorded)


# ---------------------------------------------------------------------------------- completions


def completed_values(kind: Kind, value: Value) -> list[Value]:
    """Everything a value can turn out to be, as far as the conditions here can tell."""
    if is_known(value):
        return [value]
    if isinstance(value, Choice):
        if value.options is None:
            return [word(each) for each in ("x", "y", "z")]
        return [replace(value, options=frozenset({option})) for option in sorted(value.options)]
    low, high = value.low, value.high
    return [
        point
        for point in (NUMBERS if kind.name == "number" else DATES)
        if (low is None or low <= point.low) and (high is None or point.low <= high)
    ]


Choose = Callable[[Sequence[Any]], Any]


def some_completions(world: World, mentioned: frozenset[str], random: Random, most: int) -> Iterator[World]:
    """Completions drawn at random, as far as the names mentioned matter."""
    return (completed(world, mentioned, random.choice) for _ in range(most))


def every_completion(world: World, mentioned: frozenset[str], most: int) -> list[World] | None:
    """All completions of a world whose lists are closed, or None when there are more than ``most``."""
    found: list[World] = []
    path: list[list[int]] = []
    turns = iter(())

    def choose(options: Sequence[Any]) -> Any:
        turn = next(turns)
        if turn == len(path):
            path.append([0, len(options)])
        return options[path[turn][0]]

    while len(found) < most:
        turns = itertools.count()
        found.append(completed(world, mentioned, choose))
        while path and path[-1][0] + 1 == path[-1][1]:
            path.pop()
        if not path:
            return found
        path[-1][0] += 1
    return None


def completed(world: World, mentioned: frozenset[str], choose: Choose) -> World:
    return World(
        _completed_row(world.request, mentioned, choose, 0),
        _completed_row(world.item, mentioned, choose, 3),
        {
            name: choose(completed_values(SIZE if name == "size" else NUMBER, meaning))
            if isinstance(meaning, Span | Choice) and name in mentioned
            else meaning
            for name, meaning in world.readings.items()
        },
    )


def _completed_row(row: Row, mentioned: frozenset[str], choose: Choose, depth: int) -> Row:
    facts = dict(row.facts)
    for name, kind in FACTS[row.scope].items():
        if name in mentioned:
            facts[name] = choose(completed_values(kind, row.facts.get(name, kind.unknown())))
    lists = {}
    for collection, scope in LISTS.get(row.scope, {}).items():
        if collection in mentioned and depth:
            lists[collection] = _completed_list(
                row.lists.get(collection, Listing()), scope, mentioned, choose, depth
            )
        else:
            lists[collection] = Listing((), closed=True)
    links = {}
    if row.scope == "item" and "whole" in mentioned and depth:
        whole = row.links.get("whole", Row("item", "unseen"))
        links["whole"] = _completed_row(whole, mentioned, choose, depth - 1)
    return replace(row, facts=facts, lists=lists, links=links, there=Truth.TRUE)


def _completed_list(
    listing: Listing, scope: str, mentioned: frozenset[str], choose: Choose, depth: int
) -> Listing:
    rows = [row for row in listing.rows if row.there is Truth.TRUE or choose((True, False))]
    more = 0 if listing.closed else choose((0, 1))
    rows += [Row(scope, f"more{n}") for n in range(more)]
    return Listing(tuple(_completed_row(row, mentioned, choose, depth - 1) for row in rows), closed=True)


def names_in(tree: object) -> frozenset[str]:
    """Every string in a tree of nodes: the facts, collections, rows and readings it mentions."""
    if isinstance(tree, str):
        return frozenset({tree})
    if isinstance(tree, tuple):
        return frozenset().union(*(names_in(each) for each in tree))
    if is_dataclass(tree):
        own = frozenset().union(*(names_in(getattr(tree, each.name)) for each in fields(tree)))
        implied = {
            ActDone: {"acts", "act", "body", "current_round", "stands"},
        }.get(type(tree), set())
        return own | implied
    return frozenset()
