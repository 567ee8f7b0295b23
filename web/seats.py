"""The pages about the seats: who sits where, over time and over a span, what is coming, who could follow."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError, Text
from governance.service import ItemLine, PlanView, SeatsView
from web import timeline
from web.common import (
    COMMON,
    Answer,
    Outcome,
    answered,
    asked,
    governance,
    kept,
    shown,
    thing_page,
)
from web.forms import Typed

pages = Blueprint("seats", __name__)

TAKEN = {"ja": "taken", "nej": "vacant"}
"""What a seat on a day is told as; whatever else is said of it is not known."""
BEFORE, AFTER = -1, 2
"""Years of the time line, around the day shown."""
FORECASTS = (1, 2, 3, 4, 5)
HEADING = "organisation"
DEEDS = {**COMMON}


@pages.get("/seats")
def board() -> str:
    """The seats on a day and over time, with those who take part besides and what the rules say of it."""
    view = service.seats(governance(), on=asked("on"), known=asked("known"))
    return render_template(
        "seats.html",
        view=view,
        taken=TAKEN,
        standing=_standing(view),
        line=_over_time(view, view.body.id),
        kept=kept(on=asked("on"), known=view.known),
    )


def _standing(view: SeatsView) -> dict[str, ItemLine]:
    """How far each seat has come, where the rulebook has a process for seats."""
    found = {}
    for seat in dict.fromkeys(seat.id for seat in view.seats):
        try:
            found[seat] = service.item(governance(), seat, on=view.on, known=view.known).line
        except RequestError:
            return {}
    return found


def _over_time(view: SeatsView, body: str, seat: str = "") -> dict[str, object]:
    """The time line around the day shown, as the record has it, and the picture of it."""
    day = date.fromisoformat(view.on)
    span = service.seats_over_time(
        governance(),
        body,
        from_=_years_later(day, BEFORE).isoformat(),
        to=_years_later(day, AFTER).isoformat(),
        known=view.known,
    )
    meetings = service.meetings(governance(), known=view.known)
    return {
        "view": span,
        "picture": timeline.picture(span, day, governance().today, meetings),
        "seat": seat,
    }


def _years_later(day: date, years: int) -> date:
    """The same day some years later, or the day before where there is none; no further than the calendar."""
    year = day.year + years
    if not date.min.year <= year <= date.max.year:
        return date.min if years < 0 else date.max
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


@pages.get("/seats/<path:id_>")
def seat(id_: str) -> Response | str:
    """A seat: how far its replacement has come, its steps, what is recorded and what happened."""
    return shown(id_, seat_page, "seats.seat")


@pages.post("/seats/<path:id_>")
def act(id_: str) -> Answer:
    """One of the seat's forms was sent."""
    return answered(id_, DEEDS, seat_page, "seats.seat")


def seat_page(id_: str, typed: Typed | None, outcome: Outcome | None) -> str:
    """The page of a seat as it stands now, with a form that was sent and what came of it."""
    view = service.item(governance(), id_, on=asked("on"), known=asked("known"))
    seats = service.seats(governance(), on=asked("on"), known=asked("known"))
    own = [each for each in seats.seats if each.id == view.line.id]
    found = [each for each in seats.findings if each.subject == id_ or each.subject.endswith(f" ({id_})")]
    return thing_page("seat.html", "seats.seat", view, typed, outcome, own=own, taken=TAKEN, found=found)


@pages.get("/seats/check")
def check() -> str:
    """What the rules say of the seats on every day of a span."""
    view = service.check_seats(governance(), from_=asked("from"), to=asked("to"), known=asked("known"))
    return render_template("check.html", view=view)


@pages.get("/seats/forecast")
def forecast() -> str:
    """What is coming: whose terms end, several at once, who is called for, and what is lost."""
    years = asked("years") or "2"
    if not (years.isascii() and years.isdigit() and len(years) <= len("999")):
        raise RequestError(
            Text(
                f"`{years}` er ikke et antal år; skriv fx 2", f"`{years}` is no number of years; write 2, say"
            )
        )
    view = service.forecast_seats(governance(), years=int(years), on=asked("on"), known=asked("known"))
    return render_template("forecast.html", view=view, years=int(years), choices=FORECASTS)


@pages.route("/seats/plan", methods=["GET", "POST"])
def plan() -> str | tuple[str, int]:
    """Who could take the vacant seats: the best sets, and any that are named held against the best.

    Nothing is stored. Candidates are written in the form or sent as a CSV file; without any, everybody of the
    kind that sits is one.
    """
    fields = {name: request.values.get(name, "").strip() for name in ("on", "seats", "candidates", "sets")}
    sent = request.files.get("file")
    given = sent.read() if sent is not None else b""
    if request.method == "GET" and not any(fields.values()):
        return render_template("plan.html", fields=fields, view=None, problems=())
    try:
        view = _plan(fields, given)
    except RequestError as error:
        return render_template("plan.html", fields=fields, view=None, problems=error.problems), 400
    return render_template("plan.html", fields=fields, view=view, problems=())


def _plan(fields: dict[str, str], given: bytes) -> PlanView:
    """The plan that was asked for."""
    return service.plan_seats(
        governance(),
        on=fields["on"],
        seats=[name.strip() for name in fields["seats"].split(",") if name.strip()],
        candidates=given or _as_table(fields["candidates"]) or None,
        sets=[line.strip() for line in fields["sets"].splitlines() if line.strip()],
    )


def _as_table(written: str) -> bytes:
    """What was written, as a table: a list of names gets the heading it needs."""
    if not written:
        return b""
    lone = not any(sign in written for sign in ",;\t")
    first = written.splitlines()[0].strip().casefold()
    heading = f"{HEADING}\n" if lone and first != HEADING else ""
    return f"{heading}{written}\n".encode()
