"""What the use cases on rotation answer with."""

from __future__ import annotations

from dataclasses import dataclass

from governance.model import Force, Text, Verdict
from governance.service.views import Said


@dataclass(frozen=True, slots=True)
class StretchView:
    """Days in a row, both ends included, on which a rule says the same of some things; why, in words."""

    from_: str
    to: str
    days: Text
    verdict: Verdict
    subjects: tuple[str, ...]
    because: Text


@dataclass(frozen=True, slots=True)
class RuleOverTimeView:
    """A rule with what it says from day to day, in the order of time."""

    rule: str
    label: Text
    clause: str | None
    force: Force
    stretches: tuple[StretchView, ...]


@dataclass(frozen=True, slots=True)
class SeatsCheckView:
    """What the rules on a body, its seats and terms say on every day of a span.

    ``judged`` is how many stretches of days there are that the rules tell apart.
    """

    body: Said
    from_: str
    to: str
    rules: tuple[RuleOverTimeView, ...]
    judged: int
    known: str = ""

    @property
    def holds(self) -> bool:
        """Whether no must and no default is broken or unknown on any day."""
        return not any(
            stretch.verdict in (Verdict.BROKEN, Verdict.UNKNOWN)
            for rule in self.rules
            if rule.force in (Force.MUST, Force.DEFAULT)
            for stretch in rule.stretches
        )


@dataclass(frozen=True, slots=True)
class CallView:
    """The call for a seat: whether one is recorded since the vacancy was known, which rules ask for it.

    ``called`` is None when that is undecided; ``deadline`` says which day it must be out by, and by whom
    that is set.
    """

    called: bool | None
    said: Text
    asked_by: tuple[Said, ...]
    deadline: Text


@dataclass(frozen=True, slots=True)
class EndingView:
    """A term that ends: its last day as far as it is known, what says so, and who follows.

    ``last_day`` is empty unless one day is known; ``meeting`` the id of the last one planned until then.
    """

    term: str
    seat: str
    organisation: str
    when: Text
    last_day: str
    told: Text
    heirs: tuple[str, ...]
    call: CallView
    meeting: str
    announce: Text


@dataclass(frozen=True, slots=True)
class VacancyView:
    """A seat nobody holds: since when, and who held it last."""

    seat: str
    since: Text
    organisation: str
    call: CallView


@dataclass(frozen=True, slots=True)
class ClusterView:
    """Several seats whose terms end in one calendar month; ``over``: all have ended by the day asked."""

    month: Text
    days: Text
    seats: tuple[str, ...]
    organisations: tuple[str, ...]
    over: bool = False


@dataclass(frozen=True, slots=True)
class LossView:
    """A rule that says something else because terms have ended; ``gone`` is what it no longer counts."""

    rule: str
    label: Text
    clause: str | None
    force: Force
    had: Verdict
    has: Verdict
    gone: tuple[Said, ...]
    because: Text


@dataclass(frozen=True, slots=True)
class LostView:
    """What is lost on the day after some terms have ended."""

    on: str
    day: Text
    organisations: tuple[str, ...]
    losses: tuple[LossView, ...]


@dataclass(frozen=True, slots=True)
class ForecastView:
    """What is coming for a body's seats.

    ``unended`` are seats with who holds, or may hold, them and of whom no end is recorded; of the ``unknown``
    seats nobody knows whether anybody does.
    """

    body: Said
    on: str
    until: str
    endings: tuple[EndingView, ...]
    unended: tuple[tuple[str, str], ...]
    vacant: tuple[VacancyView, ...]
    unknown: tuple[str, ...]
    clusters: tuple[ClusterView, ...]
    lost: tuple[LostView, ...]
    known: str = ""


@dataclass(frozen=True, slots=True)
class SeatStretchView:
    """Days in a row on which a seat stands alike: certain, perhaps, vacant or unknown; by whom, in words."""

    from_: str
    to: str
    held: str
    organisation: str
    said: Text


@dataclass(frozen=True, slots=True)
class SeatLineView:
    """One seat over time; stretches lie over each other where several hold it, or may hold it, at once."""

    seat: str
    stretches: tuple[SeatStretchView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The seats of a body over time, for a picture."""

    body: Said
    from_: str
    to: str
    seats: tuple[SeatLineView, ...]
    known: str = ""
