"""A meeting for people's calendars, as ICS (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from governance.documents.missing import needed
from governance.documents.papers import Meeting
from governance.documents.wording import in_utc, join, known_day, say, say_line
from governance.model import RequestError, Text
from governance.prose.values import say_weekday

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

ZONE = "Europe/Copenhagen"
PRODUCER = "-//dubu-governance//meetings//EN"
MORNING = time(9)
"""When on the day of dispatch the reminder sounds, Danish time."""
WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
CANCELLED = Text("Aflyst", "Cancelled")


def meeting_ics(meeting: Meeting, language: str) -> bytes:
    """The meeting as a calendar of one event: the whole day when its hour is not known.

    A reminder sounds on the day of dispatch, unless the meeting is cancelled. RequestError when the meeting's
    day is not known, ValueError without a ``uid``, DocumentsMissing without the extra ``docs``.
    """
    with needed():
        from icalendar import Calendar  # noqa: PLC0415 - an extra, needed only for this
    day = known_day(meeting.on)
    if day is None:
        raise RequestError(
            Text(
                "mødets dag er ikke kendt, så det kan ikke sættes i en kalender; fastsæt dagen først",
                "the day of the meeting is not known, so no calendar can hold it; set the day first",
            )
        )
    if not meeting.uid:
        raise ValueError("a meeting in a calendar needs a uid")
    made = Calendar()
    made.add("prodid", PRODUCER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if meeting.starts is not None:
        made.add_component(_zone())
    made.add_component(_event(meeting, day, language))
    lines: bytes = made.to_ical()
    return lines


def _event(meeting: Meeting, day: date, language: str) -> Event:
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", say_line(meeting.uid, language))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", in_utc(meeting.written))
    _add_hours(event, meeting, day)
    title = say_line(meeting.title, language)
    called_off = say(CANCELLED, language) if meeting.cancelled else ""
    tongue = {"language": "en" if language == "en" else "da"}
    event.add("summary", join((called_off, title), ": "), parameters=tongue)
    if place := say_line(meeting.place, language):
        event.add("location", place, parameters=tongue)
    if told := join((say_line(meeting.group, language), say_line(meeting.form, language)), "\n"):
        event.add("description", told, parameters=tongue)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.dispatch is not None and not meeting.cancelled:
        event.add_component(_reminder(meeting.dispatch, title, language))
    return event


def _add_hours(event: Event, meeting: Meeting, day: date) -> None:
    if meeting.starts is None:
        event.add("dtstart", day)
        if day < date.max:
            event.add("dtend", day + timedelta(days=1))
        return
    event.add("dtstart", _danish(day, meeting.starts))
    if meeting.ends is not None and meeting.ends > meeting.starts:
        event.add("dtend", _danish(day, meeting.ends))


def _danish(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(ZONE))


def _reminder(dispatch: date, title: str, language: str) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415 - as above

    on = say_weekday(dispatch)
    said = Text(
        f"Dagsorden og materiale skal sendes omkring {on.da}: {title}",
        f"Agenda and material must be sent around {on.en}: {title}",
    )
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", say(said, language))
    sounds = _danish(dispatch, MORNING).astimezone(UTC)
    alarm.add("trigger", sounds, parameters={"value": "DATE-TIME"})
    return alarm


def _zone() -> Timezone:
    """Danish time by the rule since 1996: summer from the last Sunday of March to that of October."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - as above

    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, before, after, starts in (
        (TimezoneDaylight(), "CEST", WINTER, SUMMER, datetime(1996, 3, 31, 2)),  # noqa: DTZ001 - RFC 5545 3.8.2.4: local time
        (TimezoneStandard(), "CET", SUMMER, WINTER, datetime(1996, 10, 27, 3)),  # noqa: DTZ001 - as above
    ):
        part.add("dtstart", starts)
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": starts.month, "byday": "-1su"})
        zone.add_component(part)
    return zone
