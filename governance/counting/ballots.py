"""What a ballot may say, by method, and the points it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from math import floor
from typing import Literal

from governance.model import Text

Score = int | Fraction
BLANKS: Mapping[str, tuple[str, ...]] = {
    "sum": ("zero", "abstain"),
    "approval": ("zero", "abstain"),
    "borda": ("zero", "shared"),
}


@dataclass(frozen=True, slots=True)
class Method:
    """How a round is counted.

    ``sum``: a ballot gives a choice 0 to ``most`` whole points and at most ``budget`` in all; None is no
    limit. ``approval``: the same with at most one point for a choice. ``borda``: a ballot ranks choices
    1, 2, 3 and so on, 1 the best; of n choices, rank r is worth n - r points, and there is no limit.

    ``blank`` says what it means to leave a choice out. ``zero``: the ballot scored it with zero points.
    ``abstain``: zero points too, but the ballot is not among those that scored it. ``shared`` (borda):
    the choices left out share evenly the points of the ranks not used.

    ``places`` is how many choices are wanted; None is a ranking without a cut. ValueError when the parts
    do not fit together.
    """

    kind: Literal["sum", "approval", "borda"]
    most: Fraction | None = None
    budget: Fraction | None = None
    blank: Literal["zero", "abstain", "shared"] = "zero"
    places: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in BLANKS:
            raise ValueError(f"`{self.kind}` is no method; take one of {', '.join(BLANKS)}")
        if self.blank not in BLANKS[self.kind]:
            fitting = ", ".join(BLANKS[self.kind])
            raise ValueError(f"`{self.blank}` is no blank of `{self.kind}`; take one of {fitting}")
        if self.kind == "borda" and (self.most is not None or self.budget is not None):
            raise ValueError("`borda` ranks; it has neither `most` nor `budget`")
        if self.kind == "approval" and self.most not in (None, 1):
            raise ValueError(f"`most` of `approval` is 1, not {self.most}")
        if any(limit is not None and limit < 0 for limit in (self.most, self.budget, self.places)):
            raise ValueError("`most`, `budget` and `places` are never below zero")

    @property
    def each(self) -> int | None:
        """The most whole points one ballot may give one choice."""
        if self.kind == "approval":
            return 1
        return None if self.most is None else floor(self.most)

    @property
    def whole(self) -> int | None:
        """The most whole points one ballot may give in all."""
        return None if self.budget is None else floor(self.budget)


@dataclass(frozen=True, slots=True)
class Paper:
    """One ballot: who cast it, and points by choice (for borda: ranks). What is left out is blank."""

    caster: str
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a ballot.

    ``code``: unknown-choice, not-whole, negative, over-most, over-budget; for borda also below-one,
    rank-twice, rank-gap.
    """

    code: str
    text: Text


def check(method: Method, choices: Sequence[str], scores: Mapping[str, Score]) -> tuple[Problem, ...]:
    """Everything wrong with what a ballot says; nothing when it may be counted. In the order of choices."""
    unknown = sorted(set(scores) - set(choices))
    known = [choice for choice in choices if choice in scores]
    found = [Problem("unknown-choice", unknown_choice(choice, choices)) for choice in unknown]
    for choice in (*known, *unknown):
        found += _one(method, choice, Fraction(scores[choice]))
    ranks = method.kind == "borda"
    return tuple(found + (_ranks((*known, *unknown), scores) if ranks else _budget(method, scores)))


def unknown_choice(choice: str, choices: Sequence[str]) -> Text:
    """That something is not among the choices, and which one it may have been meant to be."""
    shown, near = choice[:40].replace("`", "'"), get_close_matches(choice[:100], choices, n=1)
    if near:
        return Text(
            f"`{shown}` er ikke med i runden; mente du `{near[0]}`?",
            f"`{shown}` is not in the round; did you mean `{near[0]}`?",
        )
    return Text(
        f"`{shown}` er ikke med i runden; ret det eller tag det ud",
        f"`{shown}` is not in the round; mend it or take it out",
    )


def _one(method: Method, choice: str, score: Fraction) -> list[Problem]:
    ranks = method.kind == "borda"
    what = ("nummer ", "number ") if ranks else ("", "")
    found = []
    if score.denominator != 1:
        da, en = (f"`{choice}` har fået {what[0]}{score}", f"`{choice}` has {what[1]}{score}")
        found.append(Problem("not-whole", Text(f"{da}; skriv et helt tal", f"{en}; write a whole number")))
    if ranks and score < 1:
        da, en = f"`{choice}` har fået nummer {score}", f"`{choice}` has number {score}"
        told = Text(f"{da}; det bedste er nummer 1", f"{en}; the best is number 1")
        found.append(Problem("below-one", told))
    elif score < 0:
        da, en = f"`{choice}` har fået {score} point", f"`{choice}` has {_points(score)}"
        told = Text(f"{da}; giv 0 eller flere", f"{en}; give 0 or more")
        found.append(Problem("negative", told))
    if not ranks and method.each is not None and score > method.each:
        da, en = f"`{choice}` har fået {score} point", f"`{choice}` has {_points(score)}"
        told = Text(f"{da}; giv højst {method.each}", f"{en}; give at most {method.each}")
        found.append(Problem("over-most", told))
    return found


def _budget(method: Method, scores: Mapping[str, Score]) -> list[Problem]:
    given = sum((Fraction(score) for score in scores.values() if score > 0), Fraction(0))
    if method.whole is None or given <= method.whole:
        return []
    over = given - method.whole
    return [
        Problem(
            "over-budget",
            Text(
                f"der er givet {given} point i alt, {over} for meget; giv højst {method.whole}",
                f"{_points(given)} given in all, {over} too many; give at most {method.whole}",
            ),
        )
    ]


def _ranks(ranked: Sequence[str], scores: Mapping[str, Score]) -> list[Problem]:
    holders: dict[Score, list[str]] = {}
    for choice in ranked:
        holders.setdefault(scores[choice], []).append(choice)
    found = []
    for rank, sharing in sorted(holders.items()):
        if len(sharing) > 1:
            names = ", ".join(f"`{choice}`" for choice in sharing)
            da, en = f"{names} har samme nummer, {rank}", f"{names} have the same number, {rank}"
            told = Text(f"{da}; giv hver sit nummer", f"{en}; give each a number of its own")
            found.append(Problem("rank-twice", told))
    missing = [rank for rank in range(1, len(holders) + 1) if rank not in holders]
    if missing:
        names = ", ".join(map(str, missing))
        told = Text(
            f"numrene springer {names} over; brug 1, 2, 3 og frem uden huller",
            f"the numbers leave out {names}; use 1, 2, 3 and on without gaps",
        )
        found.append(Problem("rank-gap", told))
    return found


def _points(amount: Fraction) -> str:
    return f"{amount} point" if amount == 1 else f"{amount} points"


def points(method: Method, choices: Sequence[str], paper: Paper) -> dict[str, Fraction]:
    """The points a sound ballot gives each choice."""
    if method.kind != "borda":
        return {choice: Fraction(paper.scores.get(choice, 0)) for choice in choices}
    left_over = len(choices) - len(paper.scores)
    blank = Fraction(left_over - 1, 2) if method.blank == "shared" else Fraction(0)
    return {
        choice: len(choices) - Fraction(paper.scores[choice]) if choice in paper.scores else blank
        for choice in choices
    }
