"""What a command answers, as programs read it."""

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from governance.cli.speaking import plain
from governance.values import Span


@dataclass(frozen=True)
class Approved:
    """When something was approved, and how much of it."""

    on: Span
    part: Fraction


def test_days_and_parts_are_words_that_lose_nothing():
    view = Approved(Span(date(2025, 9, 9), None), Fraction(1, 3))
    told = json.loads(json.dumps(plain({"approved": (view,)})))
    assert told == {"approved": [{"on": {"low": "2025-09-09", "high": None}, "part": "1/3"}]}
