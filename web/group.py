"""The pages about the group and its rules: seats, report, rules, help."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from flask import Blueprint, render_template

from governance import service
from governance.model import RequestError
from governance.service import SeatsView
from web.items import asked, governance, kept

pages = Blueprint("group", __name__)

QUARTERS_BEFORE, QUARTERS_AFTER = -2, 6
TAKEN = {"ja": "taken", "nej": "vacant"}
"""What a seat on a day is drawn as; whatever else is said of it is not known."""


@pages.get("/seats")
def seats() -> str:
    """The seats on a day, with those who take part besides and what the rules say of it."""
    view = service.seats(governance(), on=asked("on"), known=asked("known"))
    return render_template("seats.html", view=view, times=over_time(view), taken=TAKEN)


def over_time(view: SeatsView) -> list[tuple[date, dict[str, str]]]:
    """Whether each seat is taken, on the quarters around the day shown; empty when that is no single day.

    A quarter that no rulebook covers is left out.
    """
    try:
        middle = date.fromisoformat(view.on)
    except ValueError:
        return []
    times = []
    for quarters in range(QUARTERS_BEFORE, QUARTERS_AFTER + 1):
        try:
            day = months_later(middle, 3 * quarters)
            there = (
                service.seats(governance(), view.body.id, on=day.isoformat(), known=view.known)
                if quarters
                else view
            )
        except (RequestError, ValueError):  # no rulebook then, or past the calendar
            continue
        times.append((day, {seat.id: TAKEN.get(seat.occupied, "unknown") for seat in there.seats}))
    return times


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@pages.get("/report")
def report() -> str:
    """The record held against every clause, on a day."""
    view = service.report(governance(), on=asked("on"), known=asked("known"))
    return render_template("report.html", view=view, kept=kept(on=asked("on"), known=view.known))


@pages.get("/rules")
def rules() -> str:
    """The clauses in our own words, the rules restated, the readings, the silences and the tensions."""
    view = service.rules(governance(), on=asked("on"))
    digests = {line.clause: line.digest for line in service.trace(governance(), None)}
    return render_template("rules.html", view=view, digests=digests)


@pages.get("/help")
def help_page() -> str:
    """What the words and the verdicts mean."""
    return render_template("help.html")
