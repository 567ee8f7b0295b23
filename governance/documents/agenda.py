"""The agenda of a meeting."""

from __future__ import annotations

from collections.abc import Iterator

from governance.documents.blocks import Block, Field, Fields, Heading, Paper, Prose
from governance.documents.frame import by_role, listed, paper, points
from governance.documents.papers import Attendance, Meeting
from governance.documents.wording import NOT_TOLD, say
from governance.model import Text

AGENDA = Text("Dagsorden", "Agenda")
APOLOGIES = Text("Afbud", "Apologies")


def agenda(meeting: Meeting, language: str) -> Paper:
    """Who is expected, and each point as it is put to the group."""
    return paper(AGENDA, meeting, language, _blocks(meeting, language))


def _blocks(meeting: Meeting, language: str) -> Iterator[Block]:
    away = [each for each in meeting.participants if each.attendance is Attendance.APOLOGIES]
    expected = [each for each in meeting.participants if each.attendance is not Attendance.APOLOGIES]
    yield Heading(2, say(Text("Deltagere", "Participants"), language))
    rows = [Field(role or say(NOT_TOLD, language), names) for role, names in by_role(expected, language)]
    if not rows:
        rows = [Field(say(Text("Deltagere", "Participants"), language), say(NOT_TOLD, language))]
    yield Fields((*rows, Field(say(APOLOGIES, language), listed(away, language))))
    yield from points(meeting.points, language, lambda _: ())
    if not meeting.points:
        yield Prose(say(Text("Dagsordenen har ingen punkter.", "The agenda has no points."), language))
