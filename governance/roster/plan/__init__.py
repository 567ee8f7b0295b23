"""Who could take the vacant seats of a body: the best sets of successors by its own rules, exactly."""

from governance.roster.plan.nouns import (
    Alike,
    Asked,
    Candidate,
    LeftOut,
    Pick,
    Plan,
    Question,
    Questions,
    Rank,
    Successors,
    rank_of,
)
from governance.roster.plan.planning import MOST_SETS, plan
from governance.roster.plan.supposing import Bench

__all__ = [
    "MOST_SETS",
    "Alike",
    "Asked",
    "Bench",
    "Candidate",
    "LeftOut",
    "Pick",
    "Plan",
    "Question",
    "Questions",
    "Rank",
    "Successors",
    "plan",
    "rank_of",
]
