"""Ways put together: all of several wishes, or any of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice, product
from typing import Protocol

from governance.conditions.nodes import Condition
from governance.conditions.reasons import Complete, Do, Remedy, Wait, Way
from governance.conditions.rows import Scope

MOST_WAYS = 12
NOTHING_NEEDED: tuple[Way, ...] = ((),)
IMPOSSIBLE: tuple[Way, ...] = ()


class Mend(Protocol):
    """Ways to make a condition true, or false."""

    def __call__(self, condition: Condition, scope: Scope, *, wanted: bool = True) -> tuple[Way, ...]:
        """The ways, as ``governance.conditions.mend.mend`` gives them."""


def together(ways: Iterable[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Every part must be mended: one way of each, joined in the order of time, nothing twice."""
    joined = (
        tuple(sorted(dict.fromkeys(remedy for way in choice for remedy in way), key=_when))
        for choice in product(*ways)
    )
    return tuple(shortest(islice(joined, 4 * MOST_WAYS))[:MOST_WAYS])


def either(ways: Iterable[tuple[Way, ...]]) -> tuple[Way, ...]:
    """Any part may be mended."""
    return tuple(shortest(way for some in ways for way in some)[:MOST_WAYS])


def _when(remedy: Remedy) -> tuple[int, date, int]:
    """Facts first, then acts and waiting as the days pass; last, lists, complete up to the day they are."""
    if isinstance(remedy, Wait):
        return 1, remedy.until, 0
    if isinstance(remedy, Do):
        return 1, remedy.earliest or date.min, 1
    return (2 if isinstance(remedy, Complete) else 0), date.min, 0


def shortest(ways: Iterable[Way]) -> list[Way]:
    """Each way once, shortest first, without those that ask for all of another and more."""
    kept: list[Way] = []
    for way in sorted(dict.fromkeys(ways), key=len):
        if not any(set(other) <= set(way) for other in kept):
            kept.append(way)
    return kept
