"""Prints every decision on many made-up cases, as data and as prose; run by test_determinism."""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from random import Random

from governance.model import Text
from governance.prose import ruled, say_ways
from governance.record import Entity
from governance.referee import way_to
from governance.values import day
from tests import dubu_book
from tests.property.cases import Drawer
from tests.property.test_remedies import drawn


def canonical(thing: object) -> str:
    """A value written the same whatever the order of hashing; mappings and sequences keep their own order."""
    if is_dataclass(thing) and not isinstance(thing, type):
        inside = ", ".join(f"{each.name}={canonical(getattr(thing, each.name))}" for each in fields(thing))
        return f"{type(thing).__name__}({inside})"
    if isinstance(thing, frozenset):
        return "{" + ", ".join(sorted(map(canonical, thing))) + "}"
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{key}: {canonical(value)}" for key, value in thing.items()) + "}"
    if isinstance(thing, tuple):
        return "(" + ", ".join(map(canonical, thing)) + ")"
    if isinstance(thing, str | int | Fraction | date | Enum | None):
        return repr(thing)
    raise TypeError(type(thing))


def told(number: int) -> list[str]:
    lines = []
    for seed in range(number):
        for case in (Drawer(Random(seed)).case(depth=seed % 3), drawn(Random(seed))):
            decision = case.decision
            lines.append(canonical(decision))
            lines += [canonical(each) for each in ruled(decision, case.book)]
            for finding in decision.findings:
                said = say_ways(finding.ways, case.book)
                lines.append(said.da if isinstance(said, Text) else "")
    for process in dubu_book.BOOK.processes:
        item = Entity("I", process.kinds[0].id, "I", {}, process.initial)
        on = day(date(2025, 9, 9))
        for decision in dubu_book.REFEREE.next_steps(item, on, {"I": item}):
            lines.append(canonical(decision))
            lines += [canonical(each) for each in ruled(decision, dubu_book.BOOK)]
        lines += [
            canonical(way_to(dubu_book.REFEREE, item, state.id, on, {"I": item}))
            for state in process.states
            if state.final
        ]
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(told(int(sys.argv[1]))))
