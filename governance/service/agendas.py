"""The agenda of a meeting: what is ready for it, what earlier meetings left open, and who comes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from governance.model import Origin, RequestError, Text
from governance.record import Act, Entity, Record, fold
from governance.rights import Duty
from governance.rulebook import Rulebook, Section, judged_day
from governance.service.facts import record_fact
from governance.service.group import record_thing
from governance.service.meetingacts import HELD, came_of, refuse_approved
from governance.service.naming import named
from governance.service.once import once
from governance.service.opening import Governance
from governance.service.permitting import permit
from governance.service.reading import Found, find_item, known_on, the_family, the_record
from governance.service.recording import session
from governance.service.showing import is_item, said, said_state
from governance.service.views import Receipt, Said
from governance.service.words import Problems, among, clean_title, printable
from governance.vocabulary import SCOPES

MEETING, POINT, ATTENDANCE = "meeting", "agenda-point", "attendance"
SECTION = Text("afsnittet", "section")
TITLE = Text("titlen", "the title")
NUMBER = re.compile(r"\w{1,4}(\.\w{1,4}){0,3}")
STATUS = Text("fremmødet", "attendance")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item that can be put on an agenda, under which section, and why: ready, or left open earlier."""

    section: Said
    item: Said
    kind: Said
    state: Said
    why: Text


@named
def agenda_proposals(gov: Governance, meeting: str, *, on: str = "", known: str = "") -> tuple[Proposal, ...]:
    """What can be put on the agenda of a meeting and is not there, in the order of the sections.

    An item is ready for a section when the rulebook says so of its kind and state. A section that follows up
    takes in what the latest earlier meeting postponed or left without a conclusion too, unless the item has
    come to rest or something was done with it since.
    """
    found = find_meeting(gov, meeting, on, known)
    book, asked = found.book, known_on(gov, known)
    record = fold(the_record(gov, asked).events, by=judged_day(found.on))
    points = [each for each in record.values() if each.kind == POINT]
    there = {each.links.get("about", "") for each in points if each.links["meeting"] == found.entity.id}
    left = _left_open(book, record, points, found.entity)
    proposals: dict[str, Proposal] = {}
    for section in book.agenda:
        for each in sorted(record.values(), key=lambda each: each.id):
            taken = each.id in there or each.id in proposals
            if taken or not is_item(book, each) or each.kind not in section.kinds:
                continue
            if section.follow_up and each.id in left:
                proposals[each.id] = _proposal(book, section, each, left[each.id])
            elif each.state in section.states:
                proposals[each.id] = _proposal(book, section, each, None)
    return tuple(proposals.values())


def find_meeting(gov: Governance, id_: str, on: str, known: str = "") -> Found:
    """A meeting on a date; RequestError when there is none, or it is something else."""
    found = find_item(gov, id_, on, known)
    if found.entity.kind != MEETING:
        shown = found.entity.id
        raise RequestError(
            Text(
                f"`{shown}` er ikke et møde; se møderne med `governance meetings list`",
                f"`{shown}` is no meeting; see the meetings with `governance meetings list`",
            )
        )
    return found


def _proposal(book: Rulebook, section: Section, each: Entity, point: Entity | None) -> Proposal:
    why = Text("klar", "ready")
    if point is not None:
        state, meeting = said_state(book, point.kind, point.state).label, point.links["meeting"]
        why = Text(f"{state.da} ({meeting})", f"{state.en} ({meeting})")
    return Proposal(
        Said(section.id, section.label),
        Said(each.id, Text(each.title, each.title)),
        said(book, each.kind),
        said_state(book, each.kind, each.state),
        why,
    )


def _left_open(book: Rulebook, record: Record, points: list[Entity], meeting: Entity) -> dict[str, Entity]:
    """The items whose latest point at an earlier meeting ended short of a conclusion, each with that point.

    A conclusion leaves a point in a state that some step brings it to that takes a step of the item.
    """
    concluded = {step.to for process in book.processes for step in process.steps if step.takes}
    before = date_of(meeting)
    latest: dict[str, Entity] = {}
    for each in sorted(points, key=lambda each: (date_of(record.get(each.links["meeting"])), each.id)):
        earlier = date_of(record.get(each.links["meeting"])) < before
        if earlier and "about" in each.links:
            latest[each.links["about"]] = each
    return {
        item: point
        for item, point in latest.items()
        if point.acts and point.state not in concluded and _still_waits(book, record.get(item), point)
    }


def _still_waits(book: Rulebook, item: Entity | None, point: Entity) -> bool:
    """Whether nothing came of an item since a point on it was left open, and its state is not final."""
    if item is None or book.is_final(item.kind, item.state):
        return False
    left = _when(point.acts[-1])
    return all(_when(act) <= left for act in item.acts)


def _when(act: Act) -> tuple[date, int]:
    """The last day an act can be of, and within a day the order of the record."""
    return judged_day(act.on) or date.max, act.event


def date_of(meeting: Entity | None) -> str:
    """The last day a meeting's date can be, for the order of meetings; empty when it is not known."""
    day = judged_day(meeting.span("date")) if meeting is not None else None
    return day.isoformat() if day is not None else ""


@once
def put_on_agenda(  # noqa: PLR0913 - a point has these parts
    gov: Governance,
    meeting: str,
    section: str,
    *,
    item: str = "",
    title: str = "",
    point: str = "",
    on: str = "",
    origin: str = "live",
    source: str = "",
    recorder: str = "",
    version: int | None = None,
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Put an item, or a matter with a ``title`` of its own, under a section; ``point`` is its number.

    By default the next number of the section that no point has, whatever its date. RequestError for an item
    that is not there, one that is on the agenda already, a point that is about nothing, and a meeting that
    has come to rest, unless the point is told as history. Conflict when the meeting has changed since
    ``version``; another point does not change it.
    """
    permit(gov, Duty.RECORD)
    problems = Problems()
    found = find_meeting(gov, meeting, on)
    book = found.book
    with session(gov, found.entity.id) as open_:
        open_.refuse_stale(found.entity.id, version, book)
    named_ = problems.take(lambda: among(section, [each.id for each in book.agenda], SECTION), "")
    title_ = problems.take(lambda: clean_title(title, TITLE, needed=not item), "")
    about = problems.take(lambda: find_item(gov, item, on).entity, None) if item else None
    record = _whole_record(gov, found.entity.id)
    points = [e for e in record.values() if e.kind == POINT and e.links["meeting"] == found.entity.id]
    if not Origin.tells(origin):
        problems.take(lambda: _refuse_closed(book, record[found.entity.id]), None)
    if about is not None and about.id in {each.links.get("about") for each in points}:
        problems.take(lambda: _refuse_twice(about.id), None)
    problems.raise_if_any()
    number = point.strip() or _next_number(book, points, named_)
    if not NUMBER.fullmatch(number):
        raise RequestError(
            Text(
                f"`{printable(number)}` er ikke et punkts nummer; skriv det som 3 eller 3.1",
                f"`{printable(number)}` is no number of a point; write it as 3 or 3.1",
            )
        )
    return record_thing(
        gov,
        f"{found.entity.id}/{number}",
        POINT,
        links={"meeting": found.entity.id} | ({"about": about.id} if about is not None else {}),
        facts={"point": number},
        title=title_ or (about.title if about is not None else ""),
        on=on,
        origin=origin,
        source=source or "governance",
        recorder=recorder,
    )


def _refuse_twice(item: str) -> None:
    raise RequestError(Text(f"`{item}` står allerede på dagsordenen", f"`{item}` is on the agenda already"))


def _refuse_closed(book: Rulebook, meeting: Entity) -> None:
    if book.is_final(meeting.kind, meeting.state):
        state = said_state(book, meeting.kind, meeting.state).label
        raise RequestError(
            Text(
                f"`{meeting.id}` er {state.da} og tager ikke flere punkter; sæt punktet på et andet møde",
                f"`{meeting.id}` is {state.en} and takes no more points; put the point on another meeting",
            )
        )
    _refuse_held(book, meeting)


def _refuse_held(book: Rulebook, meeting: Entity) -> None:
    if came_of(book, meeting) == HELD:
        raise RequestError(
            Text(
                f"`{meeting.id}` er afholdt og tager ikke flere punkter; sæt punktet på et kommende møde, "
                "eller fortæl det som historik, hvis det var på",
                f"`{meeting.id}` was held and takes no more points; put the point on a coming meeting, "
                "or tell it as history if it was there",
            )
        )


def _whole_record(gov: Governance, meeting: str) -> Record:
    """A meeting and what is around it, of whatever date: an id is taken once for all days."""
    return fold(the_family(gov, meeting, None).events)


def _next_number(book: Rulebook, points: list[Entity], section: str) -> str:
    """The next free number in a section: 3.1, 3.2 and so on."""
    place = next(number for number, each in enumerate(book.agenda, start=1) if each.id == section)
    taken = {number_of(each) for each in points}
    return next(f"{place}.{n}" for n in range(1, len(taken) + 2) if f"{place}.{n}" not in taken)


def number_of(point: Entity) -> str:
    """The number of a point, as it was written."""
    return point.word("point") or ""


def in_order(point: Entity) -> tuple[tuple[int, str], ...]:
    """By number, 3.10 after 3.9."""
    parts = number_of(point).split(".")
    return tuple((int(part), "") if part.isascii() and part.isdigit() else (10**6, part) for part in parts)


@once
def note_attendance(  # noqa: PLR0913 - an attendance has these parts
    gov: Governance,
    meeting: str,
    organisation: str,
    status: str,
    *,
    on: str = "",
    source: str = "",
    recorder: str = "",
    version: int | None = None,
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Write down whether an organisation is expected, present or excused; the latest word counts.

    ``version`` is that of the word on it that was seen, 0 for none: Conflict when there is a later one.
    """
    permit(gov, Duty.RECORD)
    words = SCOPES[ATTENDANCE].facts["status"].options
    status = among(status, words, STATUS)
    found = find_meeting(gov, meeting, on)
    refuse_approved(found.book, _whole_record(gov, found.entity.id)[found.entity.id])
    own = [
        each
        for each in _whole_record(gov, found.entity.id).values()
        if each.kind == ATTENDANCE
        and each.links["meeting"] == found.entity.id
        and each.links["organisation"] == organisation.strip()
    ]
    said_by = source or "governance"
    if own:
        return record_fact(
            gov, own[0].id, "status", status, source=said_by, on=on, recorder=recorder, version=version
        )
    return record_thing(
        gov,
        f"{found.entity.id}/{organisation.strip()}",
        ATTENDANCE,
        links={"meeting": found.entity.id, "organisation": organisation},
        facts={"status": status},
        on=on,
        origin="live",
        source=said_by,
        recorder=recorder,
    )


@once
def note_attendances(  # noqa: PLR0913 - as of one
    gov: Governance,
    meeting: str,
    statuses: Mapping[str, str],
    *,
    seen: Mapping[str, int],
    on: str = "",
    source: str = "",
    recorder: str = "",
    key: str = "",  # noqa: ARG001 - read by once()
) -> Receipt:
    """Write down several attendances by organisation, all or none; the receipt is that of the last.

    ``seen`` are the versions that were seen, of those where it matters. RequestError with everything wrong
    with any of them, and for none at all.
    """
    permit(gov, Duty.RECORD)
    problems = Problems()
    told = {"on": on, "source": source, "recorder": recorder}
    receipts = [
        problems.take(
            partial(note_attendance, gov, meeting, each, status, version=seen.get(each), **told), None
        )
        for each, status in statuses.items()
    ]
    if not statuses:
        problems.take(_refuse_nobody, None)
    problems.raise_if_any()
    return next(each for each in reversed(receipts) if each is not None)


def _refuse_nobody() -> None:
    raise RequestError(Text("nævn mindst én, der deltager", "name at least one who takes part"))
