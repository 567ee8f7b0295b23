"""The frozen nouns of governance: what is recorded, what is asked, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from governance.conditions.reasons import Reason, Way
from governance.values import Span, Value


class Force(Enum):
    """How strongly a clause is worded, which decides what breaking it does."""

    MUST = "must"
    DEFAULT = "default"
    SHOULD = "should"
    MAY = "may"
    GOAL = "goal"


class Verdict(Enum):
    """The answer of one rule about one thing."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    OPEN = "open"
    WAIVED = "waived"
    NOT_APPLICABLE = "not-applicable"


class Origin(Enum):
    """Whether an event was judged when it happened, or told to the tool afterwards: by hand or in a table."""

    LIVE = "live"
    HISTORY = "history"
    IMPORTED = "imported"

    @property
    def told(self) -> bool:
        """Whether it is history, which is judged and never refused."""
        return self is not Origin.LIVE

    @classmethod
    def tells(cls, name: str) -> bool:
        """Whether an origin by this name is history; a name of none is not."""
        return name in {each.value for each in cls if each.told}


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The English text for ``en``; the Danish one for everything else."""
        return self.en if language == "en" else self.da


class RequestError(Exception):
    """A request that cannot be judged because it is malformed; each problem is one bilingual sentence."""

    def __init__(self, *problems: Text) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.en for problem in problems))


class Unanswered(RequestError):
    """The answer to a commit was lost: nobody knows whether it was stored. The same command and key tell."""


class Unusable(RequestError):
    """The database cannot be used, whatever was asked; the sentence is for whoever runs it."""


class Forbidden(Exception):
    """Whoever asks may not do this; each problem is one bilingual sentence that says why and who can."""

    def __init__(self, *problems: Text) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.en for problem in problems))


class Conflict(Exception):
    """Somebody else changed the item after the version the request saw; ``meanwhile`` tells what happened.

    ``events`` are the numbers of what happened, as far as they are known.
    """

    def __init__(
        self,
        entity: str,
        seen: int,
        current: int,
        meanwhile: tuple[Text, ...] = (),
        events: tuple[int, ...] = (),
    ) -> None:
        self.entity, self.seen, self.current, self.meanwhile = entity, seen, current, meanwhile
        self.events = events
        super().__init__(f"`{entity}` is at version {current}, the request saw version {seen}")


@dataclass(frozen=True, slots=True)
class Request:
    """A step somebody wants to take: the body acts, a person acts for it, a recorder writes it down.

    ``on`` is when it counts, given in the request so that no rule reads a clock. ``reason`` is the
    recorded ground for departing from a default. ``version`` is the version of the item that was seen.
    ``point`` is the agenda point it was concluded on, when that was at a meeting.
    """

    step: str
    body: str
    on: Span
    person: str = ""
    recorder: str = ""
    inputs: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""
    version: int | None = None
    origin: Origin = Origin.LIVE
    point: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule judged on one thing, with every reason and what would mend it."""

    rule: str
    clause: str | None
    force: Force
    verdict: Verdict
    subject: str
    reason: Reason | None
    ways: tuple[Way, ...] = ()
    text: Text | None = None
    step: str | None = None
    applies: Reason | None = None

    @property
    def blocks(self) -> bool:
        """A must or default, broken or unknown, stops its step; a should, or a duty not yet due, does not."""
        return self.force in (Force.MUST, Force.DEFAULT) and self.verdict in (Verdict.BROKEN, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Decision:
    """All findings on one request. ``allowed`` holds when none of them blocks."""

    entity: str
    request: Request
    from_state: str
    to_state: str
    findings: tuple[Finding, ...]
    rulebook: str

    @property
    def allowed(self) -> bool:
        """Whether the step may be taken."""
        return not any(finding.blocks for finding in self.findings)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop the step."""
        return tuple(finding for finding in self.findings if finding.blocks)


@dataclass(frozen=True, slots=True)
class Added:
    """A thing enters the record: an item, a seat's term, a meeting, an attendance, an organisation."""

    kind: str
    title: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    state: str = ""


@dataclass(frozen=True, slots=True)
class FactRecorded:
    """A fact is written down with its source; ``about`` is the reference of the person a text is about."""

    fact: str
    value: Value
    about: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A finding as it was told and stored: its verdict and the sentences that were shown."""

    rule: str
    clause: str | None
    force: Force
    verdict: Verdict
    because: Text
    mend: Text | None = None
    blocks: bool = False


NOBODY = "?"
"""The other thing a step was about, where nobody said which."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step was taken: what was asked and answered, the act it is, and whether it begins a new round.

    One that ``stays`` moves the item nowhere, wherever that turns out to be once others are corrected.
    ``about`` is another thing that the inputs are facts of: the one the step added or brought to an end, or
    ``NOBODY`` when history does not say which.
    """

    request: Request
    from_state: str
    to_state: str
    act: str
    new_round: bool = False
    findings: tuple[Ruled, ...] = ()
    stays: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class StepRefused:
    """A step was tried and refused; it changes nothing and is kept."""

    request: Request
    from_state: str
    to_state: str
    findings: tuple[Ruled, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """An earlier event was wrong and no longer counts; ``replacement`` says what is right, if anything."""

    event: int
    reason: str
    replacement: Added | FactRecorded | None = None


@dataclass(frozen=True, slots=True)
class DeclaredComplete:
    """Somebody vouches that nothing more happened to this thing up to the event's date."""


@dataclass(frozen=True, slots=True)
class Erased:
    """A person's name and the texts about them were removed; ``texts`` are the digests of what is gone."""

    reason: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RulebookAdopted:
    """A dated rulebook was taken in: from ``from_`` it judges what happens."""

    id: str
    from_: date
    digest: str


Payload = (
    Added | FactRecorded | StepTaken | StepRefused | Corrected | DeclaredComplete | Erased | RulebookAdopted
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record: ``number`` in the order recorded, ``on`` when it counted.

    ``recorder`` and the persons of a request are references; names are kept apart. ``version`` is that of the
    thing after the event and ``hash`` the event's own in the chain; both are given when it is stored.
    """

    number: int
    entity: str
    payload: Payload
    on: Span
    recorded_at: datetime
    origin: Origin
    source: str = ""
    recorder: str = ""
    rulebook: str = ""
    version: int = 0
    hash: str = ""
