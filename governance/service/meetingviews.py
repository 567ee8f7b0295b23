"""What the use cases on meetings answer with."""

from __future__ import annotations

from dataclasses import dataclass

from governance.model import Text
from governance.service.roundviews import RoundLine
from governance.service.views import EventView, FactView, FindingView, Said, StepView
from governance.values import Span

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list; ``date`` as it is known, ``points`` how many are on its agenda.

    ``called`` is its title, or what it is and its day; ``over``: it was held, or cancelled.
    """

    id: str
    title: str
    body: Said
    date: str
    said_date: Text
    state: Said
    points: int
    awaits: tuple[Said, ...]
    called: Text = NOTHING
    over: bool = False


@dataclass(frozen=True, slots=True)
class DueView:
    """A duty of a meeting with the last day it can be met, and how many days that is from the day asked.

    ``aim`` is the day it should be met on, where the rule aims at one, and ``opens`` the first it may be.
    """

    rule: str
    label: Text
    clause: str | None
    until: str
    days: int | None
    verdict: str
    because: Text
    aim: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """An organisation at a meeting: expected, present or excused; ``version`` is that of this word on it."""

    organisation: Said
    status: Said
    role: Said | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ConclusionView:
    """A conclusion that a point can be given: the point's step with the step of the item it takes along."""

    step: StepView
    takes: StepView | None

    @property
    def allowed(self) -> bool:
        """Whether the point's rules and the item's both allow it."""
        return self.step.allowed and (self.takes is None or self.takes.allowed)


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of an agenda: its number, the item it is about, its conclusion, or those it can be given.

    ``awaits`` are the steps its item waits for once concluded on, each with who may take it.
    """

    id: str
    number: str
    title: str
    section: Said
    item: Said | None
    item_state: Said | None
    facts: tuple[FactView, ...]
    state: Said
    concluded: Said | None
    conclusion: str
    event: int | None
    conclusions: tuple[ConclusionView, ...]
    by: Text | None = None
    awaits: tuple[tuple[Said, tuple[Text, ...]], ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with everything about it: who comes, its agenda, what is due, its rounds and its steps.

    ``held``, ``cancelled`` and ``approved`` (its minutes: when, and by which body) are as its own acts tell,
    by the roles that the rulebook gives them; without such roles nothing is claimed. ``called`` are the
    members and all others who take part in the body, each with their part in it.
    """

    line: MeetingLine
    facts: tuple[FactView, ...]
    attendances: tuple[AttendanceView, ...]
    members: tuple[Said, ...]
    sections: tuple[tuple[Said, tuple[PointView, ...]], ...]
    due: tuple[DueView, ...]
    findings: tuple[FindingView, ...]
    rounds: tuple[RoundLine, ...]
    steps: tuple[StepView, ...]
    events: tuple[EventView, ...]
    on: str
    known: str = ""
    held: bool = False
    cancelled: bool = False
    approved: tuple[Span, Said] | None = None
    version: int = 0
    called: tuple[tuple[Said, Said | None], ...] = ()
