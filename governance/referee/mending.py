"""Of the ways proposed to mend a finding, those that work when tried."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, product

from governance.conditions.combine import shortest
from governance.conditions.reasons import Change, Do, Reach, Record, Way
from governance.model import Finding, Verdict
from governance.referee.suppose import Supposed, suppose
from governance.rulebook import Rulebook

MENDABLE = (Verdict.BROKEN, Verdict.UNKNOWN, Verdict.OPEN)
MOST_TOLD = 6
MOST_TRIED = 40
MOST_ROUNDS = 3

Judged = Callable[[Supposed], Finding]


def ways_that_work(finding: Finding, start: Supposed, rulebook: Rulebook, judged: Judged) -> tuple[Way, ...]:
    """The ways that mend a finding, shortest first, with nothing in them that could be left out.

    When no way proposed is enough, what is still lacking after it is mended too, a few rounds deep. A way
    that says only what should come about cannot be tried; it is told as it is.
    """
    working: list[Way] = []
    hoped: list[Way] = []
    tries = count(1)
    frontier: list[tuple[Way, Supposed, Finding]] = [((), start, finding)]
    for _ in range(MOST_ROUNDS):
        deeper: list[tuple[Way, Supposed, Finding]] = []
        for way, here, seen in frontier:
            proposed = deque(seen.ways)
            while proposed:
                more = proposed.popleft()
                if any(isinstance(remedy, Reach) for remedy in more):
                    hoped.append(_joined(way, more))
                    continue
                if next(tries) > MOST_TRIED:
                    break
                done, there = _as_far_as_it_goes(more, here, rulebook)
                again = judged(there)
                if again.verdict in MENDABLE:
                    proposed.extend(_sharper(more, rulebook))
                    deeper.extend([(_joined(way, done), there, again)] if done else [])
                else:
                    working.append(_trimmed(_joined(way, done), start, rulebook, judged))
        if working or (hoped and not deeper):
            break
        frontier = deeper
    return tuple(shortest([*working, *hoped])[:MOST_TOLD])


def _sharper(way: Way, rulebook: Rulebook) -> Iterator[Way]:
    """The way with an act that several bodies may do, or one of several acts, said of each by itself."""
    for place, remedy in enumerate(way):
        if isinstance(remedy, Do) and (len(remedy.by) != 1 or len(remedy.acts) > 1):
            bodies = remedy.by or tuple(body.id for body in rulebook.bodies)
            for act, body in product(remedy.acts, bodies):
                yield (*way[:place], replace(remedy, acts=(act,), by=(body,)), *way[place + 1 :])
            return


def _as_far_as_it_goes(way: Way, start: Supposed, rulebook: Rulebook) -> tuple[Way, Supposed]:
    """The remedies that can be applied before one that cannot, and what is then supposed."""
    here = start
    for done, remedy in enumerate(way):
        there = suppose((remedy,), here, rulebook)
        if there is None:
            return way[:done], here
        here = there
    return way, here


def _joined(way: Way, more: Way) -> Way:
    """One way after the other; what was changed before is changed further, not recorded."""
    changed = {(remedy.entity, remedy.fact) for remedy in way if isinstance(remedy, Change)}
    further = (
        Change(remedy.entity, remedy.fact, remedy.operator, remedy.wanted)
        if isinstance(remedy, Record) and (remedy.entity, remedy.fact) in changed
        else remedy
        for remedy in more
    )
    return (*way, *further)


def _trimmed(way: Way, start: Supposed, rulebook: Rulebook, judged: Judged) -> Way:
    """The way without what could be left out."""
    for remedy in way if len(way) > 1 else ():
        rest = tuple(each for each in way if each != remedy)
        there = suppose(rest, start, rulebook)
        if there is not None and judged(there).verdict not in MENDABLE:
            return _trimmed(rest, start, rulebook, judged)
    return way
