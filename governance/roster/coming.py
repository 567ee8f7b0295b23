"""Nouns of a forecast: terms that end, seats that stand empty, the calls for them, and what is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.model import Finding
from governance.rulebook import Rule, Rulebook
from governance.values import Span, Truth, Value

ENDS = ("last_day", "to")
"""The facts of a term that say when it ends, the deciding one first."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call made for a seat: when, and how, as far as it is told."""

    on: Span
    via: Value | None = None


@dataclass(frozen=True, slots=True)
class Calling:
    """What is recorded of calls for a seat: those made, and whether one came ``since`` the vacancy was known.

    ``asked_by`` are the rules that ask for a call, ``deadline`` the last day they set, unknown when none.
    """

    since: Span
    made: tuple[Call, ...]
    called: Truth
    asked_by: tuple[Rule, ...]
    deadline: Span


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that is planned."""

    id: str
    on: Span


@dataclass(frozen=True, slots=True)
class Ending:
    """A holder's time in a seat and its last day ``when``, wholly unknown when no end is recorded.

    ``told`` is the fact that says so: the last day itself, or the end agreed. ``heirs`` are recorded to hold
    the seat the day after. ``latest`` is the last day for a call that leaves the seat empty on no day, and
    ``meeting`` the last one planned until then.
    """

    term: str
    seat: str
    organisation: str
    when: Span
    told: str
    heirs: tuple[str, ...]
    calling: Calling
    latest: date | None
    meeting: Meeting | None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A seat nobody holds; ``after`` is the term that ended last, if one is recorded."""

    seat: str
    since: Span
    after: Ending | None
    calling: Calling


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several seats whose terms end in one calendar month, each known to end in it."""

    year: int
    month: int
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """A rule on the body that says something else on the day after, because terms have ended.

    ``had`` is what it would say that day had they gone on; ``gone`` are the words it no longer counts.
    """

    had: Finding
    has: Finding
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """What is lost on ``on``, the day after these terms have ended for certain."""

    on: date
    rulebook: Rulebook
    endings: tuple[Ending, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is coming for a body's seats from ``on`` to ``until``, as recorded by ``on``.

    ``unended`` are the terms that hold, or may hold, a seat and of which no end is recorded; ``unknown`` the
    seats of which it is not known whether anybody holds them.
    """

    on: date
    until: date
    endings: tuple[Ending, ...]
    unended: tuple[Ending, ...]
    vacant: tuple[Vacancy, ...]
    unknown: tuple[str, ...]
    clusters: tuple[Cluster, ...]
    lost: tuple[Lost, ...]
