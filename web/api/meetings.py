"""Meetings: plan one, put points on its agenda, write down who came, and conclude."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Annotated

from flask import url_for

from governance import service
from governance.service import MeetingLine, MeetingView, Proposal
from web.api.nouns import MOST_ID, AsOf, Facts, On, Person, Reason, Source, Title
from web.api.operations import (
    TAG_HEADER,
    Made,
    done,
    key,
    reads,
    tagged,
    version_if_seen,
    version_seen,
    writes,
)
from web.api.schemas import Says
from web.common import governance

MEETINGS = "meetings"


@dataclass(frozen=True, slots=True)
class MeetingAsked(AsOf):
    """As of which day and knowledge a meeting is told, and on which day its conclusions are judged."""

    judged: Annotated[
        str, Says("The one day that conclusions are judged on; by default the day asked about.", most=MOST_ID)
    ] = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting that is planned."""

    body: Annotated[str, Says("The body that meets, by its id in the rules.", 1, MOST_ID)]
    date: Annotated[str, Says("The day it is planned for.", 1, MOST_ID, example="2025-12-02")]
    id: Annotated[str, Says("Its id; by default `moede-` and the day.", most=MOST_ID)] = ""
    title: Title = ""
    source: Source = "governance"


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A point of an agenda: an item, or a matter with a title of its own."""

    section: Annotated[str, Says("The section of the agenda, by its id in the rules.", 1, MOST_ID)]
    item: Annotated[str, Says("The item it is about.", most=MOST_ID)] = ""
    title: Title = ""
    point: Annotated[str, Says("Its number, as `3.1`; by default the next of the section.", most=20)] = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class NewAttendance:
    """Whether an organisation is expected, present or excused."""

    organisation: Annotated[str, Says("The organisation.", 1, MOST_ID)]
    status: Annotated[str, Says("`ventet`, `til-stede` or `afbud`.", 1, MOST_ID, example="til-stede")]
    on: On = ""
    source: Source = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a point is concluded with, by which body, and the facts that the steps ask for."""

    conclusion: Annotated[
        str, Says("The conclusion: a step of the point, by its id in the rules.", 1, MOST_ID)
    ]
    body: Annotated[str, Says("The body; by default the first that may.", most=MOST_ID)] = ""
    on: On = ""
    inputs: Facts = field(default_factory=dict)
    reason: Reason = ""
    person: Person = ""
    source: Source = ""


@reads("/meetings", MEETINGS, MeetingLine, many=True, query=AsOf)
def list_meetings(query: AsOf) -> tuple[MeetingLine, ...]:
    """All meetings, the latest first."""
    return service.meetings(governance(), on=query.on, known=query.known)


@writes("/meetings", MEETINGS, NewMeeting, created=True)
def plan_meeting(new: NewMeeting) -> Made:
    """Write down a meeting that is planned."""
    receipt = service.record_thing(
        governance(),
        new.id or f"moede-{new.date}",
        "meeting",
        links={"body": new.body},
        facts={"date": new.date},
        title=new.title,
        origin="live",
        source=new.source,
        key=key(),
    )
    return done(receipt, url_for("api.get_meeting", id=receipt.entity))


@reads("/meetings/<path:id>", MEETINGS, MeetingView, query=MeetingAsked, headers=TAG_HEADER)
def get_meeting(query: MeetingAsked, *, id_: str) -> tuple[MeetingView, dict[str, str]]:
    """A meeting: who comes, its agenda, what can be concluded, what is due, its rounds and steps."""
    view = service.meeting(governance(), id_, on=query.on, known=query.known, judged=query.judged)
    return view, tagged(view.version)


@reads("/proposals/<path:id>", MEETINGS, Proposal, many=True, query=AsOf)
def list_proposals(query: AsOf, *, id_: str) -> tuple[Proposal, ...]:
    """What can be put on the agenda of a meeting, and why."""
    return service.agenda_proposals(governance(), id_, on=query.on, known=query.known)


@writes("/points/<path:id>", MEETINGS, NewPoint, may_see=True, created=True)
def put_on_agenda(new: NewPoint, *, id_: str) -> Made:
    """Put an item, or a matter of its own, on the agenda of a meeting."""
    receipt = service.put_on_agenda(governance(), id_, **asdict(new), version=version_if_seen(), key=key())
    return done(receipt, url_for("api.get_item", id=receipt.entity))


@writes("/attendances/<path:id>", MEETINGS, NewAttendance, may_see=True)
def note_attendance(new: NewAttendance, *, id_: str) -> Made:
    """Write down whether an organisation is expected, present or excused; `If-Match` is its own version."""
    return done(
        service.note_attendance(governance(), id_, **asdict(new), version=version_if_seen(), key=key())
    )


@writes("/conclusions/<path:id>", MEETINGS, Conclusion, seen=True, refuses=True)
def conclude_point(new: Conclusion, *, id_: str) -> Made:
    """Conclude on a point: its step and its item's are both taken, or neither; `If-Match` is the point's."""
    return done(service.conclude(governance(), id_, **asdict(new), version=version_seen(), key=key()))
