"""The minutes of a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from governance.documents.blocks import Block, Field, Fields, Heading, Paper, Prose
from governance.documents.frame import listed, paper, points
from governance.documents.papers import (
    Approval,
    Attendance,
    Conclusion,
    FollowUp,
    Meeting,
    Participant,
    Point,
)
from governance.documents.tables import table
from governance.documents.wording import (
    EMPTY,
    NOT_TOLD,
    join,
    say,
    say_line,
    say_or,
    say_when,
    say_with_weekday,
)
from governance.model import Text

MINUTES = Text("Referat", "Minutes")
FOLLOW_UP = Text("Opfølgning", "Follow-up")
NO_CONCLUSION = Text("Ingen konklusion", "No conclusion")
NOT_APPROVED = Text("Referatet er ikke godkendt endnu.", "The minutes have not been approved yet.")


def minutes(meeting: Meeting, language: str) -> Paper:
    """Who came, what was concluded on each point, what is to be done, and whether it is approved."""
    return paper(MINUTES, meeting, language, _blocks(meeting, language))


def _blocks(meeting: Meeting, language: str) -> Iterator[Block]:
    yield Heading(2, say(Text("Fremmøde", "Attendance"), language))
    yield Fields(tuple(_attendance(meeting.participants, language)))
    yield from points(meeting.points, language, lambda point: _ending(point, language))
    if not meeting.points:
        yield Prose(say(Text("Referatet har ingen punkter.", "The minutes have no points."), language))
    yield from _all_follow_ups(meeting.points, language)
    if not meeting.cancelled or meeting.approval is not None:
        yield Heading(2, say(Text("Godkendelse", "Approval"), language))
        yield _approval(meeting.approval, language)


def _attendance(participants: Iterable[Participant], language: str) -> Iterator[Field]:
    groups: dict[Attendance, list[Participant]] = {each: [] for each in Attendance}
    for participant in participants:
        groups[participant.attendance].append(participant)
    present, unknown = groups[Attendance.PRESENT], groups[Attendance.UNKNOWN]
    nobody = NOT_TOLD if unknown or not any(groups.values()) else Text("ingen", "nobody")
    yield Field(say(Text("Til stede", "Present"), language), listed(present, language, nobody))
    yield Field(say(Text("Afbud", "Apologies"), language), listed(groups[Attendance.APOLOGIES], language))
    if absent := groups[Attendance.ABSENT]:
        yield Field(say(Text("Udeblevet", "Absent"), language), listed(absent, language))
    if unknown:
        label = Text("Fremmøde ikke oplyst", "Attendance not stated")
        yield Field(say(label, language), listed(unknown, language))


def _ending(point: Point, language: str) -> Iterator[Field]:
    label = say(Text("Konklusion", "Conclusion"), language)
    if point.conclusion is not None:
        yield Field(label, _concluded(point.conclusion, language), _by(point.conclusion, language))
    elif any(say(words, language) for words in (point.question, point.proposal, point.recommendation)):
        yield Field(label, say(NO_CONCLUSION, language))
    if point.follow_ups:
        lines = (_follow_up(each, language) for each in point.follow_ups)
        yield Field(say(FOLLOW_UP, language), "\n".join(lines))


def _concluded(conclusion: Conclusion, language: str) -> str:
    said = join((say_line(conclusion.act, language), say(conclusion.text, language)), ": ")
    return said or say(NOT_TOLD, language)


def _by(conclusion: Conclusion, language: str) -> str:
    number = say_line(conclusion.event, language)
    word = say(Text("hændelse", "event"), language)
    said = join((say_line(conclusion.body, language), f"{word} {number}" if number else ""))
    return f"({said})" if said else ""


def _follow_up(each: FollowUp, language: str) -> str:
    """KOMBIT: undersøger ydeevnen (frist 1. november 2025)."""
    nobody = Text("Ansvarlig ikke oplyst", "Nobody named")
    who = say_line(each.who, language) or say(nobody, language)
    due = say(Text("frist", "due"), language)
    return f"{who}: {say_or(each.what, language)} ({due} {say_when(each.due, language)})"


def _all_follow_ups(given: Iterable[Point], language: str) -> Iterator[Block]:
    """Everything that is to be done, in one table."""
    rows = tuple(
        (
            say_line(point.number, language) or EMPTY,
            say_or(each.what, language),
            say_or(each.who, language),
            say_when(each.due, language),
        )
        for point in _flat(given)
        for each in point.follow_ups
    )
    headings = (Text("Punkt", "Point"), Text("Hvad", "What"), Text("Hvem", "Who"), Text("Frist", "Due"))
    if rows:
        yield Heading(2, say(FOLLOW_UP, language))
        yield table(tuple(say(heading, language) for heading in headings), rows)


def _flat(given: Iterable[Point]) -> Iterator[Point]:
    for point in given:
        yield point
        yield from _flat(point.points)


def _approval(approval: Approval | None, language: str) -> Block:
    if approval is None:
        return Prose(say(NOT_APPROVED, language))
    return Fields(
        (
            Field(say(Text("Godkendt", "Approved on"), language), say_with_weekday(approval.on, language)),
            Field(say(Text("Af", "By"), language), say_or(approval.by, language)),
        )
    )
