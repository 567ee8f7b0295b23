"""Why a condition came out as it did, and what would bring it about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from governance.conditions.nodes import Condition, Expression
from governance.values import Truth, Value


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A row that fails only one test: which row, which test (its reason), and the row's own words."""

    row: str
    words: tuple[tuple[str, Value], ...]
    failed: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition judged: its truth, on which row, what was seen and wanted, and its parts' reasons.

    The parts of an act are its tests, held against an act nothing is known of, to tell what is wanted.
    ``centre`` is the date something should lie near; ``counted`` the values counted.
    """

    condition: Condition
    truth: Truth
    subject: str = ""
    seen: Value | None = None
    wanted: Value | None = None
    parts: tuple[Reason, ...] = ()
    near: tuple[NearMiss, ...] = ()
    open_list: bool = False
    centre: Value | None = None
    counted: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Do:
    """Have a body do an act on a thing, no earlier than ``earliest`` and no later than ``latest``."""

    entity: str
    acts: tuple[str, ...]
    by: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    tests: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Write down a fact that is not fully known, so that it compares as wanted."""

    entity: str
    fact: str
    operator: str
    wanted: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Bring a fact that is known within bounds."""

    entity: str
    fact: str
    operator: str
    wanted: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Complete:
    """Declare that nothing more is to be recorded in a collection of a thing."""

    entity: str
    collection: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Take the step no earlier than a date."""

    until: date


@dataclass(frozen=True, slots=True)
class Reach:
    """Bring a number, share or date over a collection within bounds, or have a row that satisfies."""

    entity: str
    what: Expression | Condition
    operator: str
    wanted: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class ActAs:
    """Let one of these bodies take the step."""

    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComeTo:
    """Bring the item to one of these states first."""

    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explain:
    """Record a reason for departing from the default, given by one of these bodies."""

    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Supply:
    """Give an input that the step asks for, so that it compares as wanted where that matters."""

    fact: str
    operator: str = ""
    wanted: tuple[Value, ...] = ()


Remedy = Do | Record | Change | Complete | Wait | Reach | ActAs | ComeTo | Explain | Supply
Way = tuple[Remedy, ...]
