"""A meeting in a calendar: hours in Danish time, a lasting name, a reminder of what must be sent."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from governance.documents import meeting_ics
from governance.model import RequestError
from governance.values import day, month_of
from tests.documents.meeting_round import WRITTEN, agenda_meeting

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def event(meeting, language="da"):
    (found,) = read(meeting, language).walk("VEVENT")
    return found


def read(meeting, language="da"):
    return Calendar.from_ical(meeting_ics(meeting, language))


def test_a_meeting_with_hours_stands_at_them_in_danish_time():
    found = event(agenda_meeting())
    assert found.decoded("dtstart") == datetime(2025, 9, 9, 10, tzinfo=COPENHAGEN)
    assert found.decoded("dtend") == datetime(2025, 9, 9, 15, tzinfo=COPENHAGEN)
    assert (found["summary"], found["location"]) == (
        "Referencegruppens møde den 9. september 2025",
        "KOMBIT, København",
    )
    assert found["description"] == "Referencegruppen for DUBU\nfysisk"
    assert found["status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("when", "offset"),
    [
        ("1996-03-31T03:00", 2),
        ("2025-03-30T01:59", 1),
        ("2025-03-30T03:00", 2),
        ("2025-10-26T01:59", 2),
        ("2025-10-26T03:00", 1),
        ("2037-07-01T12:00", 2),
    ],
)
def test_the_time_zone_it_carries_is_denmarks(when, offset):
    local = datetime.fromisoformat(when)
    (zone,) = read(agenda_meeting()).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Copenhagen"
    assert zone.to_tz().utcoffset(local) == timedelta(hours=offset)
    assert local.replace(tzinfo=COPENHAGEN).utcoffset() == timedelta(hours=offset)


def test_a_meeting_without_hours_takes_the_whole_day_and_needs_no_time_zone():
    meeting = agenda_meeting(starts=None)
    found = event(meeting)
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2025, 9, 9), date(2025, 9, 10))
    assert read(meeting).walk("VTIMEZONE") == []


@pytest.mark.parametrize("ends", [None, time(10), time(9)])
def test_an_end_that_is_not_known_or_not_after_the_start_is_left_out(ends):
    assert "dtend" not in event(agenda_meeting(ends=ends))


def test_its_name_version_and_moment_are_the_callers():
    found = event(agenda_meeting(uid="moede-7@example.org", sequence=3))
    assert (str(found["uid"]), found["sequence"]) == ("moede-7@example.org", 3)
    assert found.decoded("dtstamp") == WRITTEN


def test_a_reminder_on_the_day_of_dispatch_says_that_agenda_and_material_must_be_sent():
    (alarm,) = event(agenda_meeting()).walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm.decoded("trigger") == datetime(2025, 8, 30, 7, tzinfo=UTC)
    assert alarm["trigger"].params["value"] == "DATE-TIME"
    said = "Dagsorden og materiale skal sendes omkring lørdag den 30. august 2025: Referencegruppens"
    assert alarm["description"].startswith(said)
    (english,) = event(agenda_meeting(), "en").walk("VALARM")
    said = "Agenda and material must be sent around Saturday 30 August 2025: The meeting"
    assert english["description"].startswith(said)


def test_the_reminder_sounds_at_nine_in_winter_too():
    (alarm,) = event(agenda_meeting(dispatch=date(2025, 12, 1))).walk("VALARM")
    assert alarm.decoded("trigger") == datetime(2025, 12, 1, 8, tzinfo=UTC)


def test_without_a_day_of_dispatch_nothing_reminds():
    assert event(agenda_meeting(dispatch=None)).walk("VALARM") == []


def test_a_cancelled_meeting_says_so_and_reminds_of_nothing():
    found = event(agenda_meeting(cancelled=True))
    assert found["status"] == "CANCELLED"
    assert found["summary"].startswith("Aflyst: ")
    assert found.walk("VALARM") == []


def test_texts_are_in_the_language_asked_for():
    found = event(agenda_meeting(), "en")
    assert found["summary"] == "The meeting on 9 September 2025"
    assert found["summary"].params["language"] == "en"


def test_what_is_not_known_is_left_out():
    found = event(agenda_meeting(place="", form="", group=""))
    assert "location" not in found
    assert "description" not in found


def test_a_meeting_whose_day_is_not_known_cannot_stand_in_a_calendar():
    with pytest.raises(RequestError) as refused:
        meeting_ics(agenda_meeting(on=month_of(2026, 3)), "da")
    assert [each.en for each in refused.value.problems] == [
        "the day of the meeting is not known, so no calendar can hold it; set the day first"
    ]


def test_a_meeting_without_a_lasting_name_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="uid"):
        meeting_ics(agenda_meeting(uid=""), "da")


def test_the_same_meeting_is_the_same_bytes_with_the_lines_of_the_standard():
    content = meeting_ics(agenda_meeting(), "da")
    assert content == meeting_ics(agenda_meeting(), "da")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content != meeting_ics(agenda_meeting(on=day(date(2025, 9, 10))), "da")
