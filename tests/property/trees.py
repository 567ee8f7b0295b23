"""Random conditions that are right in their kinds, and worlds to judge them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

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
    Extreme,
    Fact,
    Literal,
    Not,
    OneOf,
    Reading,
    ReadingHolds,
    Recorded,
    Rows,
    Share,
    Shift,
)
from governance.values import Choice, Kind, Span, Truth, Value, day, number
from tests.property.worlds import (
    ACTS,
    BODIES,
    CHOSEN,
    DATE,
    DATED,
    DAYS,
    FACTS,
    LISTS,
    NUMBER,
    ORDERED,
    PARTS,
    SIZE,
    SIZES,
    Murk,
    Named,
    World,
    points,
    random_row,
    random_value,
)


def random_world(random: Random, murk: Murk) -> World:
    item = replace(random_row(random, "item", "item", 2, murk), there=Truth.TRUE)
    request = random_row(random, "request", "request", 0, murk)
    facts = {"on": random_value(random, DATE, murk.known), **request.facts}
    request = replace(request, facts=facts, there=Truth.TRUE)
    readings: dict[str, Value | Condition] = {
        "days": random.choice((number(1), Span(Fraction(0), Fraction(1)))),
        "size": random.choice((*points(SIZE), Choice(frozenset("SM"), SIZES))),
    }
    readings["condition"] = Trees(random, dict(readings)).condition({"request": "request", "item": "item"}, 1)
    return World(request, item, readings)


class Trees:
    """Random conditions that are right in their kinds, over the names where they stand."""

    def __init__(self, random: Random, readings: Mapping[str, Value | Condition]) -> None:
        self.random, self.readings = random, readings

    def condition(self, named: Named, depth: int) -> Condition:
        random = self.random
        if depth <= 0:
            return self._leaf(named)
        match random.choice(("leaf", "all", "any", "not", "exists", "each", "act", "value", "value")):
            case "all":
                return All(tuple(self.condition(named, depth - 1) for _ in range(random.randint(1, 3))))
            case "any":
                return AnyOf(tuple(self.condition(named, depth - 1) for _ in range(random.randint(1, 3))))
            case "not":
                return Not(self.condition(named, depth - 1))
            case "exists":
                rows, inner = self._rows(named, depth)
                return Exists(rows, self.condition(inner, depth - 1) if random.random() < 0.7 else None)
            case "each":
                rows, inner = self._rows(named, depth)
                return Each(rows, self.condition(inner, depth - 1))
            case "act":
                return self._act(named, depth)
            case "value":
                kind = random.choice((NUMBER, NUMBER, DATE, SIZE, CHOSEN))
                return self.compare(kind, named, depth)
        return self._leaf(named)

    def _leaf(self, named: Named) -> Condition:
        random = self.random
        match random.choice(("fact", "fact", "one", "about", "recorded", "reading", "act")):
            case "one":
                kind = random.choice((NUMBER, SIZE, CHOSEN))
                options = tuple(Literal(value) for value in random.sample(points(kind), 2))
                return OneOf(self._fact(kind, named), options)
            case "about":
                earlier, later = (
                    random.choice((Literal(number(random.randint(0, 2))), Reading("days"))) for _ in "ab"
                )
                left, right = self._fact(DATE, named), self._value(DATE, named, 0)
                return About(left, right if left != right else Literal(day(DAYS[1])), earlier, later)
            case "recorded":
                of, scope = random.choice(sorted(named.items()))
                return Recorded(random.choice(sorted(FACTS[scope])), of)
            case "reading" if "condition" in self.readings:
                return ReadingHolds("condition")
            case "act":
                return self._act(named, 0)
        return self.compare(random.choice((NUMBER, DATE, SIZE, CHOSEN)), named, 0)

    def compare(self, kind: Kind, named: Named, depth: int) -> Condition:
        operator = self.random.choice(
            {"date": DATED, "number": ORDERED, "scale": ORDERED}.get(kind.name, ("is",))
        )
        left = self._value(kind, named, depth) if depth <= 0 else self.over_rows(kind, named, depth)
        right = Literal(self.random.choice(PARTS)) if isinstance(left, Share) else self._value(kind, named, 0)
        while left == right:
            right = Literal(self.random.choice(points(kind)))
        return Compare(left, operator, right)

    def _fact(self, kind: Kind, named: Named) -> Expression:
        places = [
            Fact(name, of)
            for of, scope in sorted(named.items())
            for name, known in FACTS[scope].items()
            if known == kind
        ]
        here = [place for place in places if place.of == list(named)[-1]]
        if here and self.random.random() < 0.6:
            return self.random.choice(here)
        return self.random.choice(places) if places else Literal(self.random.choice(points(kind)))

    def _value(self, kind: Kind, named: Named, depth: int) -> Expression:
        random = self.random
        if random.random() < 0.4:
            return self._fact(kind, named)
        if kind == SIZE and random.random() < 0.3:
            return Reading("size")
        if kind == DATE and random.random() < 0.5:
            unit = random.choice(("days", "days", "weeks", "months", "years"))
            amount: Expression = Literal(number(random.randint(0, 2)))
            if unit == "days" and random.random() < 0.4:
                amount = Reading("days")
            return Shift(self._value(DATE, named, 0), amount, unit, random.random() < 0.5)
        return Literal(random.choice(points(kind)))

    def over_rows(self, kind: Kind, named: Named, depth: int) -> Expression:
        """A value over a collection: a number, or for dates the earliest or latest."""
        random = self.random
        if kind not in (NUMBER, DATE):
            return self._fact(kind, named)
        rows, inner = self._rows(named, depth)
        if kind == DATE:
            dates = [name for name, known in FACTS[inner[rows.name]].items() if known == DATE]
            return Extreme(random.choice(("earliest", "latest")), random.choice(dates), rows)
        words = [name for name, kind in FACTS[inner[rows.name]].items() if kind.name in ("word", "scale")]
        match random.choice(("count", "same", "distinct", "share", "share same")):
            case "count":
                return Count(rows)
            case "same":
                return Count(rows, random.choice(words))
            case "distinct":
                return Distinct(random.choice(words), rows)
            case "share":
                return Share(rows, self.condition(inner, depth - 1))
        return Share(rows, None, random.choice(words))

    def _rows(self, named: Named, depth: int) -> tuple[Rows, Named]:
        random = self.random
        places = [
            (of, collection, inner)
            for of, scope in sorted(named.items())
            for collection, inner in LISTS.get(scope, {}).items()
        ]
        of, collection, scope = random.choice(places)
        name = f"{collection[:-1]}{len(named)}"
        inner = {**named, name: scope}
        where = self.condition(inner, depth - 1) if random.random() < 0.4 else None
        return Rows(collection, of, name, where), inner

    def _act(self, named: Named, depth: int) -> Condition:
        random = self.random
        of = random.choice([name for name, scope in sorted(named.items()) if scope == "item"])
        acts = tuple(random.sample(ACTS, random.choice((1, 1, 2))))
        by = tuple(random.sample(BODIES, random.choice((0, 1, 1, 2))))
        inner = {**named, "act": "act"}
        tests = tuple(self.condition(inner, depth - 1) for _ in range(random.choice((0, 0, 1, 2))))
        if random.random() < 0.3:
            on = Fact("on", "act")
            tests = (*tests, Compare(on, random.choice(DATED), self._value(DATE, named, 0)))
        return ActDone(acts, of, by, tests, random.random() < 0.3)


def random_tree(random: Random, world: World, depth: int = 3) -> Condition:
    named = {"request": "request", "item": "item", "whole": "item"}
    trees = Trees(random, world.readings)
    if random.random() < 0.4:
        return trees.compare(random.choice((NUMBER, DATE)), named, min(depth, 2))
    return trees.condition(named, depth)
