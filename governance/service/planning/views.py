"""What a plan of successors answers with."""

from __future__ import annotations

from dataclasses import dataclass

from governance.model import Force, Text
from governance.service.views import FindingView, Said


@dataclass(frozen=True, slots=True)
class RankView:
    """What a set is ranked by, in this order; less is better. ``short`` is a fraction: 0, 2/5 ..."""

    musts_broken: int
    musts_unknown: int
    defaults_broken: int
    defaults_unknown: int
    shoulds_broken: int
    shoulds_unknown: int
    short: str
    facts_unknown: int


@dataclass(frozen=True, slots=True)
class ClassView:
    """Candidates whom the rules cannot tell apart, and what is known of them together."""

    names: tuple[str, ...]
    about: Text


@dataclass(frozen=True, slots=True)
class PickView:
    """So many of a class, for any of these seats."""

    count: int
    names: tuple[str, ...]
    about: Text
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuccessorsView:
    """A set of successors: one example of who sits where, and how many sets are alike.

    ``number`` is its place among the best, 0 for a set that was named; ``findings`` are those on the body,
    then those on each term that would begin. ``differs`` are the rules that make it better or worse than the
    best.
    """

    number: int
    sitting: tuple[tuple[str, str], ...]
    picks: tuple[PickView, ...]
    sets: int
    findings: tuple[FindingView, ...]
    rank: RankView
    keeps_musts: bool
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleComparison:
    """One rule on two sets: ``than`` is better, worse or same, of the one named than of the best."""

    rule: str
    label: Text
    clause: str | None
    force: Force
    than: str
    here: Text
    best: Text


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A set that was named, held against the best one rule by rule; ``than`` says how it is all in all."""

    successors: SuccessorsView
    than: str
    rules: tuple[RuleComparison, ...]


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """A candidate that cannot be chosen, and why."""

    organisation: str
    because: Text


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A fact about a candidate to be found out."""

    organisation: str
    fact: Said


@dataclass(frozen=True, slots=True)
class PlanView:
    """The best sets of successors for the seats, best first; ``order`` says what makes one better.

    ``before`` is what the rules say of the body as it is. ``settle`` are the questions about the best set,
    none of which can be spared, ``better`` those about others who could make a better one, ``later`` all
    others.
    """

    body: Said
    on: str
    seats: tuple[str, ...]
    candidates: int
    before: tuple[FindingView, ...]
    classes: tuple[ClassView, ...]
    best: tuple[SuccessorsView, ...]
    compared: tuple[ComparedView, ...]
    left_out: tuple[LeftOutView, ...]
    settle: tuple[QuestionView, ...]
    better: tuple[QuestionView, ...]
    later: tuple[QuestionView, ...]
    order: Text
    notes: tuple[Text, ...] = ()
