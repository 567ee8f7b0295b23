"""The pages about the meetings: their list, and one with its duties, agenda, attendance and conclusions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from governance import service
from governance.model import RequestError, Text
from governance.service import ItemView, MeetingView, Receipt, StepView
from web.common import (
    COMMON,
    Answer,
    Attempt,
    Outcome,
    answered,
    asked,
    attempt,
    done,
    governance,
    kept,
    rights,
    shown,
    thing_page,
)
from web.faults import PLAIN, fault_page
from web.forms import Typed, number, read_typed
from web.language import current

pages = Blueprint("meetings", __name__)

STATUS, SHOWN = "status.", "shown."
STATUSES = {"ventet": _("expected"), "til-stede": _("present"), "afbud": _("apologies sent")}
"""What the record says of whoever is called to a meeting, in the words of the pages."""
PAPERS = {
    "agenda-pdf": _("Agenda as PDF"),
    "agenda-docx": _("Agenda as DOCX"),
    "minutes-pdf": _("Minutes as PDF"),
    "minutes-docx": _("Minutes as DOCX"),
    "invitation-ics": _("Invitation for the calendar (ICS)"),
}
"""The papers of a meeting, by what the service knows them by."""
SOURCE = "governance"


@pages.get("/meetings")
def board() -> str:
    """Every meeting and every round, and a form to plan a meeting."""
    return _board(Typed(), ())


@pages.post("/meetings")
def plan() -> Answer:
    """Write down a meeting that is planned, and show it."""
    typed = read_typed(request.form)
    day = typed.get("date")
    found = attempt(
        lambda: service.record_thing(
            governance(),
            typed.get("id") or f"moede-{day}",
            "meeting",
            links={"body": typed.get("body")},
            facts={"date": day} if day else {},
            title=typed.get("title"),
            origin="live",
            source=SOURCE,
            key=typed.key,
        )
    )
    return _led(found, "meetings.meeting", lambda outcome: _board(typed, outcome.problems))


def _led(found: Attempt, home: str, page: Callable[[Outcome], str]) -> Answer:
    """To what was made, or back to the form that was to make it."""
    if found.outcome is not None or found.receipt is None:
        return page(found.outcome or Outcome()), found.status
    flash(done(found.receipt, item=False))
    return redirect(url_for(home, id_=found.receipt.entity), code=303)


def _board(typed: Typed, problems: tuple[Text, ...]) -> str:
    on, known = asked("on"), service.known_day(governance(), asked("known"))
    return render_template(
        "meetings.html",
        meetings=service.meetings(governance(), on=on, known=known),
        rounds=service.rounds(governance(), on=on, known=known),
        bodies=service.rules(governance()).bodies,
        seated=service.seats(governance()).body.id,
        typed=typed,
        rights=rights(),
        problems=problems,
        on=on,
        known=known,
        kept=kept(on=on, known=known),
    )


@pages.get("/meetings/<path:id_>")
def meeting(id_: str) -> Response | str:
    """A meeting, on a day if one is asked for."""
    return shown(id_, meeting_page, "meetings.meeting")


@pages.post("/meetings/<path:id_>")
def act(id_: str) -> Answer:
    """One of the meeting's forms was sent; one that opens a round leads to the round."""
    if request.form.get("form") == "round":
        return _opened(id_)
    return answered(id_, DEEDS, meeting_page, "meetings.meeting")


def _opened(id_: str) -> Answer:
    typed = read_typed(request.form)
    found = attempt(
        lambda: service.open_round(
            governance(),
            typed.get("id"),
            typed.get("body"),
            closes=typed.get("closes"),
            choices=request.form.getlist("choice"),
            meeting=id_,
            title=typed.get("title"),
            key=typed.key,
        )
    )
    return _led(found, "rounds.round_", lambda outcome: meeting_page(id_, typed, outcome))


@pages.get("/papers/<kind>/<path:id_>")
def paper(kind: str, id_: str) -> Response:
    """A paper of the meeting, to keep; 404 with the reason when there is none."""
    if kind not in PAPERS:
        abort(404)
    try:
        found = service.meeting_document(
            governance(), id_, kind, language=current(), on=asked("on"), known=asked("known")
        )
    except RequestError as error:
        return fault_page(404, PLAIN[404], error.problems)
    answer = send_file(BytesIO(found.content), as_attachment=True, download_name=found.name)
    answer.content_type = found.media_type
    return answer


def attend(id_: str, typed: Typed) -> Receipt | None:
    """Write down who comes, who is there and who has sent apologies, where that is another than was shown."""
    shown_ = {
        name.removeprefix(SHOWN): text.partition("/")
        for name, text in typed.fields.items()
        if name.startswith(SHOWN)
    }
    marked = {
        name.removeprefix(STATUS): value for name, value in typed.fields.items() if name.startswith(STATUS)
    }
    if typed.get("new"):
        marked[typed.get("new")] = typed.get("new-status") or next(iter(STATUSES))
    changed = {
        name: status
        for name, status in marked.items()
        if status and (name not in shown_ or shown_[name][2] != status)
    }
    seen = {name: number(shown_[name][0]) for name in changed if name in shown_}
    if not changed:
        return None
    versions = {name: version for name, version in seen.items() if version is not None}
    return service.note_attendances(
        governance(), id_, changed, seen=versions, on=typed.get("on"), key=typed.key
    )


def put(id_: str, typed: Typed) -> Receipt:
    """Put an item, or a matter of its own, on the agenda."""
    return service.put_on_agenda(
        governance(),
        id_,
        typed.get("section"),
        item=typed.target,
        title=typed.get("title"),
        point=typed.get("point"),
        version=typed.version,
        key=typed.key,
    )


def conclude(_id: str, typed: Typed) -> Receipt:
    """Conclude on a point of the agenda: its step, and the item's that goes with it."""
    return service.conclude(
        governance(),
        typed.target,
        typed.get("step"),
        body=typed.get("body"),
        on=typed.get("on"),
        inputs=typed.inputs,
        reason=typed.get("reason"),
        person=typed.get("person"),
        version=typed.version,
        key=typed.key,
    )


DEEDS = {**COMMON, "attend": attend, "put": put, "own": put, "conclude": conclude}


def meeting_page(id_: str, typed: Typed | None, outcome: Outcome | None) -> str:
    """The meeting as it stands now, with a form that was sent and what came of it.

    What can be concluded is judged on the day of the meeting once that has come, however late it is written.
    """
    on, known = asked("on"), asked("known")
    thing = service.item(governance(), id_, on=on, known=known)
    typed = typed or Typed()
    wanted = typed.target if typed.form == "conclude" else asked("point")
    day = "" if on else _past_day(thing)
    view = service.meeting(
        governance(), id_, on=on, known=known, judged=day, points=[wanted] if wanted else []
    )
    return thing_page(
        "meeting.html",
        "meetings.meeting",
        thing,
        typed,
        outcome,
        meeting=view,
        proposals=() if view.known else service.agenda_proposals(governance(), id_, on=on),
        headings=governance().rulebooks.books[-1].agenda,
        judged_on=day or view.on,
        chosen=wanted,
        statuses=STATUSES,
        papers={kind: PAPERS[kind] for kind in service.papers_of(view.line)},
        tried=_tried(view, typed) or next((s for s in thing.steps if typed.is_for("advance", s.id)), None),
    )


def _past_day(thing: ItemView) -> str:
    """The day of the meeting when it is known and lies before the day shown."""
    lines = service.meetings(governance(), on=thing.on, known=thing.known)
    try:
        day = next(date.fromisoformat(line.date) for line in lines if line.id == thing.line.id)
        return day.isoformat() if day < date.fromisoformat(thing.on) else ""
    except (ValueError, StopIteration):  # it has no single day, or was not there yet
        return ""


def _tried(view: MeetingView, typed: Typed) -> StepView | None:
    """The conclusion that was tried, as the point it stands at shows it."""
    if typed.form != "conclude":
        return None
    points = (point for _heading, points in view.sections for point in points if point.id == typed.target)
    steps = (each.step for point in points for each in point.conclusions)
    return next((step for step in steps if step.id == typed.get("step")), None)
