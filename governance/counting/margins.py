"""How many points on the cast ballots would have to change, exact for sums and approvals.

A change adds or takes one point for one choice on one cast ballot. Points are never below zero, and every
ballot keeps to ``most`` and ``budget`` after every change. One that was stored beyond them stands, and may
be given a point only where that leaves it within them.

A strict order takes exactly as many changes as there are points between the two: each change moves their
difference by one at most, and the upper one has the points to be taken. Only where a point must be added
does the budget count: a ballot that has spent it must take a point from another choice first, two changes,
and one that has spent more must take those too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from governance.counting.ballots import Method
from governance.counting.tally import split

Points = Mapping[str, Fraction]


def changes_to_turn(
    method: Method, ballots: Sequence[Points], totals: Points, above: str, below: str
) -> int | None:
    """The least number of changes after which a pair no longer stands as it does; None when none does it.

    A strict order must become level or reverse, a tie must break.
    """
    if totals[above] != totals[below]:
        return int(totals[above] - totals[below])
    return 1 if totals[above] else _to_lift(method, ballots, (above, below))


def changes_to_cut(
    method: Method, ballots: Sequence[Points], totals: Points
) -> tuple[int, tuple[str, str]] | None:
    """The least number of changes after which other choices are in, and a pair that they turn.

    ``totals`` in the order of the ranking. Other choices are in exactly when one not in reaches one that
    is, or when no more of those on the line share its highest total than there are places left. The
    latter is done by lifting one of them, or by lowering as many as are too many. Nothing is cheaper:
    any other single change leaves too many on top; and where none can be lifted, all tied have all the
    points there are, so each one too many must be lowered.
    """
    outcomes = split(totals, method.places)
    inside = [choice for choice in totals if outcomes.get(choice) == "in"]
    rest = [choice for choice in totals if outcomes.get(choice) in ("line", "out")]
    line = [choice for choice in rest if outcomes[choice] == "line"]
    ways: list[tuple[int, tuple[str, str]]] = []
    if inside and rest:
        ways.append((int(totals[inside[-1]] - totals[rest[0]]), (inside[-1], rest[0])))
    for choice in line:
        lifting = _to_lift(method, ballots, [choice])
        if lifting:
            ways.append((lifting, (choice, line[1] if choice == line[0] else line[0])))
    if line and totals[line[0]]:
        ways.append((len(inside) + len(line) - (method.places or 0), (line[0], line[-1])))
    return min(ways, key=lambda way: way[0], default=None)


def _to_lift(method: Method, ballots: Sequence[Points], choices: Sequence[str]) -> int | None:
    """The least number of changes that give one of the choices a point more; None when none can have it."""
    found: set[int] = set()
    for ballot in ballots:
        given = sum(ballot.values())
        for choice in choices:
            if method.each is not None and ballot[choice] >= method.each:
                continue
            if method.whole is None or given < method.whole:
                found.add(1)
            elif ballot[choice] < method.whole:
                found.add(2 + int(given - method.whole))
    return min(found, default=None)
