"""The moments that days begin and are over, as moments are stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from governance.service.opening import COPENHAGEN, Governance, end_of
from governance.service.words import Problems, query_date, query_day
from governance.store import write_time


def start_of(day: date) -> str:
    """The first moment of a day in Denmark, as moments are stored."""
    return write_time(datetime.combine(day, time(), COPENHAGEN).astimezone(UTC))


def between(gov: Governance, problems: Problems, from_: str, to: str) -> tuple[str, str]:
    """When the days asked for begin and when they are over; empty where nobody says."""
    first = problems.take(lambda: query_date(from_, gov.today).low, None) if from_ else None
    last = problems.take(lambda: query_day(to, gov.today), None) if to else None
    return (
        start_of(first) if isinstance(first, date) and first > date.min else "",
        write_time(end_of(last)) if last is not None else "",
    )
