"""Counts the ballots of a prioritisation round, and tells how firmly the result stands."""

from governance.counting.ballots import BLANKS, Method, Paper, Problem, Score, check
from governance.counting.notation import read_scores, write_scores
from governance.counting.robust import Cut, Decisive, Margin, Robustness, Turn, robustness
from governance.counting.tally import Result, Tally, count

__all__ = [
    "BLANKS",
    "Cut",
    "Decisive",
    "Margin",
    "Method",
    "Paper",
    "Problem",
    "Result",
    "Robustness",
    "Score",
    "Tally",
    "Turn",
    "check",
    "count",
    "read_scores",
    "robustness",
    "write_scores",
]
