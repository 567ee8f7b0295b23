"""What a dated value or rulebook means on a date that may be known only roughly."""

from __future__ import annotations

from datetime import date

from governance.conditions.nodes import Condition
from governance.rulebook.nouns import DatedReading
from governance.values import Span, Value, hull


def meets(dated: DatedReading, on: Span) -> bool:
    """Whether a dated meaning holds on a date, or on some day of a span."""
    starts_after = dated.from_ is not None and isinstance(on.high, date) and on.high < dated.from_
    ends_before = dated.to is not None and isinstance(on.low, date) and on.low > dated.to
    return not starts_after and not ends_before


def dated_value(values: tuple[DatedReading, ...], on: Span) -> Value | None:
    """The value in force on a date, everything it can be over a span of dates, or None when there is none."""
    found = [dated.meaning for dated in values if meets(dated, on)]
    known = [meaning for meaning in found if not isinstance(meaning, Condition)]
    return hull(known) if known else None


def judged_day(on: Span) -> date | None:
    """The day whose rulebook judges something dated ``on``: the last day it can have been."""
    latest = on.high if on.high is not None else on.low
    return latest if isinstance(latest, date) else None
