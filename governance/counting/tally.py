"""From ballots to a ranking: totals, ranks, ties, and who is in, out or on the line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from governance.counting.ballots import Method, Paper, check, points
from governance.model import RequestError, Text

Outcome = Literal["in", "line", "out"]


@dataclass(frozen=True, slots=True)
class Tally:
    """One choice counted.

    ``rank`` is one more than the number of choices with more points, so equal totals share a rank and the
    next one is skipped: 1, 2, 2, 4. ``scored`` is how many ballots scored it and ``blank`` how many left
    it out; the latter are among the former unless a blank abstains.

    ``outcome`` is None when no number of choices is wanted. Else it is ``in`` when at most that many have
    as many points or more, itself included; ``out`` when that many have more; and ``line`` otherwise:
    it is tied across the cut, and no one of the tied is picked.
    """

    choice: str
    total: Fraction
    rank: int
    tied_with: tuple[str, ...]
    scored: int
    blank: int
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Result:
    """A round counted: ``ballots`` is how many; the tallies by rank, equal ones as the choices were given."""

    tallies: tuple[Tally, ...]
    ballots: int

    def those(self, outcome: Outcome) -> tuple[str, ...]:
        """The choices that are in, out or on the line."""
        return tuple(tally.choice for tally in self.tallies if tally.outcome == outcome)


def count(method: Method, choices: Sequence[str], papers: Sequence[Paper], *, stored: bool = False) -> Result:
    """The result of a round over these choices, each given once; the order of the ballots says nothing.

    RequestError when a ballot breaks the method or a caster stands twice: such a round is not counted.
    With ``stored``, ballots are counted as they stand in the record even where they break the method: what
    happened is told as it was, and ``check`` names them. The caller has one ballot of each caster.
    """
    if not stored:
        require_sound(method, choices, papers)
    totals = add_up(choices, (points(method, choices, paper) for paper in papers))
    named = Counter(choice for paper in papers for choice in paper.scores)
    outcomes = split(totals, method.places)

    def tally(choice: str) -> Tally:
        total, blank = totals[choice], len(papers) - named[choice]
        return Tally(
            choice,
            total,
            1 + sum(other > total for other in totals.values()),
            tuple(each for each in choices if totals[each] == total and each != choice),
            named[choice] if method.blank == "abstain" else len(papers),
            blank,
            outcomes.get(choice),
        )

    return Result(tuple(sorted(map(tally, choices), key=lambda each: each.rank)), len(papers))


def require_sound(method: Method, choices: Sequence[str], papers: Sequence[Paper]) -> None:
    """RequestError with everything wrong with the ballots, each with its caster."""
    found = [
        Text(f"{paper.caster}: {problem.text.da}", f"{paper.caster}: {problem.text.en}")
        for paper in papers
        for problem in check(method, choices, paper.scores)
    ]
    for caster, times in sorted(Counter(paper.caster for paper in papers).items()):
        if times > 1:
            da, en = f"{caster}: har {times} stemmesedler", f"{caster}: has {times} ballots"
            found.append(Text(f"{da}; der skal være én", f"{en}; there must be one"))
    if found:
        raise RequestError(*found)


def add_up(choices: Sequence[str], ballots: Iterable[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """The points of each choice over all ballots."""
    totals = dict.fromkeys(choices, Fraction(0))
    for ballot in ballots:
        for choice, given in ballot.items():
            totals[choice] += given
    return totals


def split(totals: Mapping[str, Fraction], places: int | None) -> dict[str, Outcome]:
    """Who is in, out or on the line, as ``Tally`` defines it; empty when no number is wanted."""
    if places is None:
        return {}
    outcomes: dict[str, Outcome] = {}
    for choice, total in totals.items():
        if sum(other > total for other in totals.values()) >= places:
            outcomes[choice] = "out"
        elif sum(other >= total for other in totals.values()) > places:
            outcomes[choice] = "line"
        else:
            outcomes[choice] = "in"
    return outcomes
