"""Rotation: the seats judged over a span of days, what is coming for them, and a time line of them."""

from __future__ import annotations

from datetime import date

from governance.model import RequestError, Text
from governance.prose.values import say_day
from governance.record import fold
from governance.roster import forecast, judged_spans, seat_timeline
from governance.service.naming import named
from governance.service.opening import Governance
from governance.service.overtime import over_time
from governance.service.reading import known_on, said_day, the_group
from governance.service.rotationviews import ForecastView, SeatLineView, SeatsCheckView, TimelineView
from governance.service.rotationwords import (
    cluster_view,
    ending_view,
    lost_view,
    seat_stretch_view,
    vacancy_view,
)
from governance.service.seats import body_asked
from governance.service.showing import said
from governance.service.words import query_date, query_day
from governance.values import day, number, shift

MOST_YEARS = 50


@named
def check_seats(
    gov: Governance, body: str = "", *, from_: str = "", to: str = "", known: str = ""
) -> SeatsCheckView:
    """What the rules on a body, its seats and terms say on every day of a span; by default today alone.

    With ``known``, as the record told it at the end of that day. RequestError when no rulebook covers a day.
    """
    asked, begins = known_on(gov, known), query_date(from_, gov.today).low
    first = begins if isinstance(begins, date) else query_day(from_, gov.today)
    last = query_day(to, max(first, gov.today))
    _refuse_backwards(first, last)
    book = gov.rulebook(day(first), asked)
    books = gov.current_rulebooks(asked)
    for each in books.books:
        if each.to is not None and first <= each.to < last:
            gov.rulebook(shift(day(each.to), number(1), "days"), asked)
    events = the_group(gov, asked).events
    record = fold(events, by=last)
    name = body_asked(book, record, body)
    spans = judged_spans(events, books, name, first, last)
    return SeatsCheckView(
        body=said(book, name),
        from_=first.isoformat(),
        to=last.isoformat(),
        rules=over_time(spans, record),
        judged=len(spans),
        known=said_day(asked),
    )


def _refuse_backwards(first: date, last: date) -> None:
    if last < first:
        raise RequestError(
            Text(
                f"spændet slutter ({say_day(last).da}), før det begynder ({say_day(first).da}); "
                "byt om på dagene",
                f"the span ends ({last}) before it begins ({first}); turn the days around",
            )
        )


@named
def forecast_seats(
    gov: Governance, body: str = "", *, years: int = 2, on: str = "", known: str = ""
) -> ForecastView:
    """Which terms end within some years of a date, who is called for, and what is lost the day after."""
    if not 1 <= years <= MOST_YEARS:
        raise RequestError(
            Text(
                f"`{years}` år kan ikke forudses; skriv 1 til {MOST_YEARS}",
                f"`{years}` years cannot be foreseen; write 1 to {MOST_YEARS}",
            )
        )
    day_, asked = query_day(on, gov.today), known_on(gov, known)
    book = gov.rulebook(day(day_), asked)
    record = fold(the_group(gov, asked).events, by=day_)
    name = body_asked(book, record, body)
    found = forecast(record, gov.current_rulebooks(asked), name, day_, _years_from(day_, years))
    return ForecastView(
        body=said(book, name),
        on=found.on.isoformat(),
        until=found.until.isoformat(),
        endings=tuple(ending_view(book, record, each) for each in found.endings),
        unended=tuple((each.seat, each.organisation) for each in found.unended),
        vacant=tuple(vacancy_view(book, each) for each in found.vacant),
        unknown=found.unknown,
        clusters=tuple(cluster_view(each, found.on) for each in found.clusters),
        lost=tuple(lost_view(each) for each in found.lost if each.losses),
        known=said_day(asked),
    )


def _years_from(at: date, years: int) -> date:
    end = shift(day(at), number(years), "years").low
    return end if isinstance(end, date) else date.max


@named
def seats_over_time(
    gov: Governance, body: str = "", *, from_: str = "", to: str = "", known: str = ""
) -> TimelineView:
    """Who held, holds and may hold each seat: by default from a year ago to two years ahead."""
    asked, today = known_on(gov, known), gov.today
    first = query_day(from_, _years_from(today, -1))
    last = query_day(to, _years_from(max(first, today), 2))
    _refuse_backwards(first, last)
    book = gov.rulebook(day(today), asked)
    record = fold(the_group(gov, asked).events)
    name = body_asked(book, record, body)
    lines = seat_timeline(record, book, name, first, last)
    return TimelineView(
        body=said(book, name),
        from_=first.isoformat(),
        to=last.isoformat(),
        seats=tuple(
            SeatLineView(line.seat, tuple(seat_stretch_view(book, each) for each in line.stretches))
            for line in lines
        ),
        known=said_day(asked),
    )
