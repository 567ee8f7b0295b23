"""What the papers of a meeting round are written from: plain nouns, filled in by whoever knows the record.

A text is given in both languages, or as it was written down. What is not known is left out: an empty text,
``Span()`` for a date or a number, None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from governance.model import Text
from governance.values import Span

Words = Text | str
UNKNOWN = Span()


class Attendance(Enum):
    """Whether a participant came."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part for an organisation. Those of one ``role`` are listed together, roles as first met."""

    organisation: Words
    role: Words
    attendance: Attendance = Attendance.UNKNOWN
    person: str = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a point, and where it is from."""

    label: Words
    value: Words
    source: Words = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under headings, such as feedback with its assessment and priority."""

    headings: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: Words = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The total an item got and its rank; ``tied`` when it shares the rank with another."""

    item: str
    title: Words
    total: Span = UNKNOWN
    rank: int | None = None
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """A result of prioritisation, in the order it is to be shown; ``note`` says how it was counted."""

    rows: tuple[Score, ...]
    caption: Words = ""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What was concluded on a point: the act's name, by which body, in which event, and in what words."""

    act: Words
    body: Words = ""
    event: str = ""
    text: Words = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What somebody is to do after the meeting, and no later than when."""

    what: Words
    who: Words = ""
    due: Span = UNKNOWN


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with its number as printed (``3``, ``3.1``) and the points under it.

    ``proposal`` is what is proposed to the group, ``recommendation`` what the group may recommend further.
    A point with nothing to answer, such as a heading or a briefing, is not said to lack a conclusion.
    """

    number: str
    title: Words
    item: str = ""
    text: Words = ""
    facts: tuple[Fact, ...] = ()
    tables: tuple[Listing | Scores, ...] = ()
    question: Words = ""
    proposal: Words = ""
    recommendation: Words = ""
    presenter: Words = ""
    points: tuple[Point, ...] = ()
    conclusion: Conclusion | None = None
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """That minutes were approved: when, and by whom."""

    on: Span = UNKNOWN
    by: Words = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as its agenda, its minutes and its entry in a calendar tell it.

    ``written`` is the moment (with a time zone) the paper says it was made; the same meeting written at the
    same moment gives the same bytes. ``starts`` and ``ends`` are Danish time. ``dispatch`` is the day agenda
    and material must be out. ``uid`` and ``sequence`` are the calendar's: the meeting's lasting name, and how
    many times it has been changed.
    """

    group: Words
    title: Words
    written: datetime
    on: Span = UNKNOWN
    starts: time | None = None
    ends: time | None = None
    place: Words = ""
    form: Words = ""
    participants: tuple[Participant, ...] = ()
    points: tuple[Point, ...] = ()
    approval: Approval | None = None
    cancelled: bool = False
    dispatch: date | None = None
    uid: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """The call for new members; ``requirements``, ``term`` and ``spread`` are sentences of the rules."""

    group: Words
    places: int | None = None
    starts: Span = UNKNOWN
    requirements: tuple[Words, ...] = ()
    term: Words = ""
    spread: tuple[Words, ...] = ()
    deadline: Span = UNKNOWN
    answer_to: Words = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A change that was decided on and ordered; ``estimate`` counts in ``unit``, ``left`` is undelivered."""

    number: str
    title: Words
    kind: Words = ""
    decided: Span = UNKNOWN
    approved: Span = UNKNOWN
    ordered: Span = UNKNOWN
    size: Words = ""
    estimate: Span = UNKNOWN
    unit: Words = ""
    state: Words = ""
    left: Words = ""
    source: Words = ""


@dataclass(frozen=True, slots=True)
class Orders:
    """The list of ordered changes of a group, as it was written at a moment (with a time zone)."""

    group: Words
    written: datetime
    rows: tuple[Order, ...] = ()
