"""What a plan of successors is asked and answers with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from governance.conditions.nodes import All, AnyOf, Compare, Each, ReadingHolds
from governance.conditions.reasons import Reason
from governance.model import Finding, Force, Verdict
from governance.values import Span, Truth, Value

Asked = tuple[str, str]
"""A fact of a candidate: the scope it stands in (organisation or term) and its id."""
Sitting = tuple[str, str]
"""A seat and the organisation supposed to take it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that may take a seat, with what is said of it besides what is recorded."""

    organisation: str
    facts: Mapping[Asked, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """What makes a set of successors better, in this order; less is better.

    The numbers are findings, of the rules on the body and on the terms that would begin. ``short`` is how far
    the broken shoulds are from kept: what lacks as a part of what is wanted, one for each member that fails.
    """

    musts_broken: int = 0
    musts_unknown: int = 0
    defaults_broken: int = 0
    defaults_unknown: int = 0
    shoulds_broken: int = 0
    shoulds_unknown: int = 0
    short: Fraction = Fraction(0)
    facts_unknown: int = 0

    def __add__(self, other: Rank) -> Rank:
        return Rank(
            self.musts_broken + other.musts_broken,
            self.musts_unknown + other.musts_unknown,
            self.defaults_broken + other.defaults_broken,
            self.defaults_unknown + other.defaults_unknown,
            self.shoulds_broken + other.shoulds_broken,
            self.shoulds_unknown + other.shoulds_unknown,
            self.short + other.short,
            self.facts_unknown + other.facts_unknown,
        )

    @property
    def keeps_musts(self) -> bool:
        """Whether every must is kept for certain."""
        return not self.musts_broken and not self.musts_unknown


def rank_of(findings: Sequence[Finding], facts_unknown: int = 0) -> Rank:
    """The rank of some findings together."""
    counts = Counter((finding.force, finding.verdict) for finding in findings)
    broken = [each for each in findings if (each.force, each.verdict) == (Force.SHOULD, Verdict.BROKEN)]
    return Rank(
        counts[Force.MUST, Verdict.BROKEN],
        counts[Force.MUST, Verdict.UNKNOWN],
        counts[Force.DEFAULT, Verdict.BROKEN],
        counts[Force.DEFAULT, Verdict.UNKNOWN],
        counts[Force.SHOULD, Verdict.BROKEN],
        counts[Force.SHOULD, Verdict.UNKNOWN],
        sum((shortfall(finding.reason) for finding in broken), Fraction(0)),
        facts_unknown,
    )


def shortfall(reason: Reason | None) -> Fraction:
    """How far a condition that fails is from holding."""
    if reason is None or reason.truth is not Truth.FALSE:
        return Fraction(0)
    match reason.condition:
        case All():
            return sum((shortfall(part) for part in reason.parts), Fraction(0))
        case AnyOf():
            return min((shortfall(part) for part in reason.parts), default=Fraction(1))
        case ReadingHolds():
            return shortfall(reason.parts[0])
        case Each():
            return Fraction(sum(part.truth is Truth.FALSE for part in reason.parts))
        case Compare():
            return _lacking(reason.seen, reason.wanted)
    return Fraction(1)


def _lacking(seen: Value | None, wanted: Value | None) -> Fraction:
    """The gap between two numbers as a part of the one that is wanted."""
    if not isinstance(seen, Span) or not isinstance(wanted, Span):
        return Fraction(1)
    for near, far in ((seen.high, wanted.low), (seen.low, wanted.high)):
        if isinstance(near, Fraction) and isinstance(far, Fraction):
            less = far - near if far is wanted.low else near - far
            if less > 0:
                return less / (abs(far) or 1)
    return Fraction(0) if isinstance(seen.low or seen.high, Fraction) else Fraction(1)


@dataclass(frozen=True, slots=True)
class Alike:
    """Candidates whom the rules cannot tell apart, in the order of the file; their facts taken together."""

    members: tuple[str, ...]
    facts: tuple[tuple[Asked, Value], ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """So many of one class, for any of some seats that the rules cannot tell apart."""

    count: int
    of: Alike
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Successors:
    """A set of successors: who sits where, the classes it is picked from, and what the rules say of it."""

    sitting: tuple[Sitting, ...]
    picks: tuple[Pick, ...]
    body: tuple[Finding, ...]
    terms: tuple[Finding, ...]
    rank: Rank


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A candidate that cannot be chosen: it sits already (``held``), or a must on its term is broken."""

    organisation: str
    held: str = ""
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A fact about a candidate to be found out."""

    organisation: str
    fact: Asked


@dataclass(frozen=True, slots=True)
class Questions:
    """What must be found out, in this order.

    ``settle``: about the best set; while these turn out well, no other answer about it makes a difference,
    and none of them can be spared. ``better``: about others, who would then make a better set still.
    ``later``: the rest, to be asked when one of the first turns out badly.
    """

    settle: tuple[Question, ...] = ()
    better: tuple[Question, ...] = ()
    later: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The best sets of successors for some seats, best first; ``before`` is the body as it is."""

    seats: tuple[str, ...]
    before: tuple[Finding, ...]
    classes: tuple[Alike, ...]
    best: tuple[Successors, ...]
    named: tuple[Successors, ...]
    left_out: tuple[LeftOut, ...]
    questions: Questions
