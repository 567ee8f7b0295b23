"""Who could take the vacant seats: the best sets of candidates, and any set held against the best."""

from governance.service.planning.making import plan_seats
from governance.service.planning.views import (
    ClassView,
    ComparedView,
    LeftOutView,
    PickView,
    PlanView,
    QuestionView,
    RankView,
    RuleComparison,
    SuccessorsView,
)

__all__ = [
    "ClassView",
    "ComparedView",
    "LeftOutView",
    "PickView",
    "PlanView",
    "QuestionView",
    "RankView",
    "RuleComparison",
    "SuccessorsView",
    "plan_seats",
]
