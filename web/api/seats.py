"""Seats: who sits where, over time and over a span, what is coming, and who could follow."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Annotated

from governance import service
from governance.service import Document, ForecastView, PlanView, SeatsCheckView, SeatsView, TimelineView
from web.api.nouns import MOST_ID, Asked, AsOfBody, Known
from web.api.operations import reads
from web.api.papers import Language, handed_out
from web.api.schemas import Says
from web.common import governance

SEATS, PAPERS = "seats", "papers"
ABody = Annotated[str, Says("A body, by its id in the rules; by default the one with seats.", most=MOST_ID)]


@dataclass(frozen=True, slots=True)
class SpanOfDays:
    """A body and the first and last day of a span."""

    body: ABody = ""
    from_: Annotated[str, Says("The first day.", most=MOST_ID)] = ""
    to: Annotated[str, Says("The last day.", most=MOST_ID)] = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class YearsAhead:
    """A body, a day, and how many years to look ahead."""

    body: ABody = ""
    years: Annotated[int, Says("How many years ahead.", 1, 50)] = 2
    on: Asked = ""
    known: Known = ""


@dataclass(frozen=True, slots=True)
class PlanWish:
    """The seats to fill and with whom: a table of candidates as CSV, and sets to hold against the best."""

    body: ABody = ""
    on: Asked = ""
    seats: Annotated[tuple[str, ...], Says("The seats; by default those vacant on the day.", most=200)] = (
        field(default=())
    )
    candidates: Annotated[
        str,
        Says("A CSV table with a column `organisation`; by default all of the kind that sits.", most=60_000),
    ] = ""
    sets: Annotated[tuple[str, ...], Says('Sets "A, B, C" to compare with the best.', most=50)] = ()


@dataclass(frozen=True, slots=True)
class CallWish:
    """The call for new members: of which body and day, where answers go, and in which language."""

    body: ABody = ""
    answer_to: Annotated[str, Says("Where answers are sent.", most=200)] = ""
    language: Language = "da"
    on: Asked = ""
    known: Known = ""


@reads("/seats", SEATS, SeatsView, query=AsOfBody)
def get_seats(query: AsOfBody) -> SeatsView:
    """The seats of a body on a day, with what the rules say of them."""
    return service.seats(governance(), query.body, on=query.on, known=query.known)


@reads("/seats/timeline", SEATS, TimelineView, query=SpanOfDays)
def get_seats_over_time(query: SpanOfDays) -> TimelineView:
    """Who held, holds and may hold each seat: by default from a year ago to two years ahead."""
    return service.seats_over_time(
        governance(), query.body, from_=query.from_, to=query.to, known=query.known
    )


@reads("/seats/check", SEATS, SeatsCheckView, query=SpanOfDays)
def check_seats(query: SpanOfDays) -> SeatsCheckView:
    """What the rules on a body, its seats and terms say on every day of a span; by default today alone."""
    return service.check_seats(governance(), query.body, from_=query.from_, to=query.to, known=query.known)


@reads("/seats/forecast", SEATS, ForecastView, query=YearsAhead)
def forecast_seats(query: YearsAhead) -> ForecastView:
    """Which terms end within some years, who is called for, and what is lost the day after."""
    return service.forecast_seats(governance(), query.body, years=query.years, on=query.on, known=query.known)


@reads("/seats/plan", SEATS, PlanView, body=PlanWish)
def plan_seats(wish: PlanWish) -> PlanView:
    """The best sets of successors for the seats of a body on a day; nothing is stored."""
    wanted = {**asdict(wish), "candidates": wish.candidates.encode() or None}
    return service.plan_seats(governance(), **wanted)


@reads("/papers/call", PAPERS, Document, query=CallWish, files=("text/plain",))
def get_call(query: CallWish) -> object:
    """The call for new members of a body, as text for a newsletter."""
    return handed_out(
        service.call_document(
            governance(),
            query.body,
            answer_to=query.answer_to,
            language=query.language,
            on=query.on,
            known=query.known,
        )
    )
