"""What the use cases answer with: plain nouns that a page, the command line or a program can show."""

from __future__ import annotations

from dataclasses import dataclass

from governance.model import Decision, Force, Ruled, Text, Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """An id with its label."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class InputView:
    """A fact that a step asks for: how to ask, and what may be answered."""

    id: str
    label: Text
    kind: str
    options: tuple[Said, ...]
    unit: Text
    required: bool
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it stands for an item: its decision, told rule by rule, who may take it, what it asks.

    ``lacks`` are the inputs without which nothing else is known to stop it; empty when something else does.
    """

    id: str
    label: Text
    act: Said
    by: tuple[Said, ...]
    from_states: tuple[Said, ...]
    to: Said
    starts_here: bool
    allowed: bool
    findings: tuple[Ruled, ...]
    inputs: tuple[InputView, ...]
    decision: Decision
    lacks: tuple[Said, ...] = ()

    @property
    def blocking(self) -> tuple[Ruled, ...]:
        """Why it is not allowed."""
        return tuple(finding for finding in self.findings if finding.blocks)


@dataclass(frozen=True, slots=True)
class FactView:
    """A recorded fact with its value in words, since when, who says so and by which event.

    ``earlier`` are the recordings it took over from, newest first.
    """

    id: str
    label: Text
    value: Text
    on: Text
    source: str
    event: int
    earlier: tuple[FactView, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """That somebody was asked about an item, and what came of it; nothing stands for what is not recorded."""

    id: str
    asked_of: str
    question: str
    asked: Text
    answered: Text
    answer: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class ActView:
    """What a body did to an item, and which event says so; ``current`` while its round is under way.

    ``stands`` is whether what it covered is still within what it saw; None for an act that covers nothing.
    """

    event: int
    act: Said
    step: Said
    body: Said
    on: Text
    person: str
    recorder: str
    current: bool
    stands: Verdict | None


@dataclass(frozen=True, slots=True)
class EstimateView:
    """How large an item is in one measure: its own recordings, the figure that rules see, and its tracks'."""

    id: str
    label: Text
    own: FactView | None
    figure: Text | None
    tracks: tuple[tuple[Said, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step that may be told as history: who took it, and what it asks; ``only``: it is never taken live."""

    id: str
    label: Text
    by: tuple[Said, ...]
    to: Said
    inputs: tuple[InputView, ...]
    only: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in a list."""

    id: str
    title: str
    kind: Said
    state: Said
    version: int
    complete: bool
    parent: str
    allowed_steps: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the record told in words; ``person`` is who took a step for the body.

    One that ``changed`` nothing is a refusal.
    """

    number: int
    entity: str
    on: Text
    recorded_at: str
    origin: str
    kind: str
    what: Text
    source: str
    recorder: str
    findings: tuple[Ruled, ...]
    corrected: bool
    late: bool = False
    hash: str = ""
    person: str = ""
    changed: bool = True


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What striking an event would do: the lines that fall with it, and the later steps that rest on it.

    ``state`` is where its thing stands and ``then`` where it would, unless it would be ``gone``. ``asked`` is
    how to ask for a right value instead, of an event that recorded one; ``home`` the thing whose page shows
    it. ``problems`` say why it cannot be struck.
    """

    event: EventView
    falls: tuple[EventView, ...]
    rests: tuple[EventView, ...]
    state: Said | None
    then: Said | None
    gone: bool
    asked: InputView | None
    home: str
    version: int
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow of the machine; ``allowed`` when its step may be taken from the item's state now."""

    step: Said
    source: str
    target: str
    here: bool
    allowed: bool


@dataclass(frozen=True, slots=True)
class MachineView:
    """The machine of an item's process: states, arrows, where the item is and where it has been."""

    states: tuple[Said, ...]
    final: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    current: str
    visited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """Everything an item's page shows; ``known`` is the earlier day whose knowledge was asked for, if any.

    ``telling`` are the steps that may be told as history, of what was entered as history.
    """

    line: ItemLine
    facts: tuple[FactView, ...]
    relations: tuple[tuple[Said, str], ...]
    tracks: tuple[ItemLine, ...]
    steps: tuple[StepView, ...]
    machine: MachineView
    events: tuple[EventView, ...]
    recordable: tuple[InputView, ...]
    on: str
    known: str = ""
    consultations: tuple[ConsultationView, ...] = ()
    acts: tuple[ActView, ...] = ()
    estimates: tuple[EstimateView, ...] = ()
    telling: tuple[ToldStep, ...] = ()


@dataclass(frozen=True, slots=True)
class TryView:
    """What the rules would answer if so and so were the case; nothing of it is stored.

    ``line`` is the thing with the steps allowed as the record stands on the day; ``facts`` are what is
    supposed and ``supposable`` what can be; ``body`` asks for each step, or whoever may take it.
    """

    line: ItemLine
    on: str
    body: Said | None
    facts: tuple[FactView, ...]
    steps: tuple[StepView, ...]
    bodies: tuple[Said, ...]
    supposable: tuple[InputView, ...]


@dataclass(frozen=True, slots=True)
class LegView:
    """One step of a way: who acts, and what must be supplied or recorded first."""

    step: Said
    by: tuple[Said, ...]
    to: Said
    on: str
    first: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class RouteView:
    """The shortest legal way to a state; ``found`` is false when the rules allow none."""

    item: str
    goal: Said
    found: bool
    legs: tuple[LegView, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A rule judged on one thing, in words."""

    rule: str
    label: Text
    clause: str | None
    force: Force
    verdict: Verdict
    subject: str
    because: Text
    mend: Text | None
    event: int | None = None


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with its verdict and the findings behind it; ``verdict`` None when no machine can check it."""

    id: str
    section: Text
    place: int
    force: Force
    text: Text
    check: str
    part_of: str | None
    why: Text | None
    note: Text | None
    verdict: Verdict | None
    findings: tuple[FindingView, ...]
    rules: tuple[Said, ...] = ()
    readings: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportView:
    """The group's record held against every clause, on a date; ``items`` are those there are then.

    ``pages`` tells of each thing that is judged whose page shows it: its own, or the seat's or meeting's it
    belongs to.
    """

    on: str
    title: Text
    rulebook: str
    clauses: tuple[ClauseView, ...]
    ours: tuple[FindingView, ...]
    tensions: tuple[Said, ...]
    silences: tuple[Said, ...]
    items: tuple[str, ...] = ()
    known: str = ""
    pages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat on a date: who holds it and from when to when, and what the rules ask about the holder.

    A seat held by several at once has a line for each, with a ``remark`` that says so.
    """

    id: str
    occupied: str
    holder: str
    about: tuple[tuple[Text, Text], ...]
    from_: Text
    to: Text
    source: str
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class SeatsView:
    """The seats of a body on a date, with those who take part besides, and what the rules say of it."""

    body: Said
    on: str
    seats: tuple[SeatView, ...]
    participants: tuple[tuple[Said, Said], ...]
    facts: tuple[FactView, ...]
    findings: tuple[FindingView, ...]
    known: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command did: the event it stored, and for a step whether it was allowed and why.

    ``hash`` is the event's own in the chain: with the number it proves later what was stored.
    """

    event: int
    entity: str
    version: int
    allowed: bool
    state: Said | None
    findings: tuple[Ruled, ...]
    hash: str = ""

    @property
    def proof(self) -> str:
        """The receipt to keep: ``governance audit verify --expect`` holds the record against it."""
        return f"{self.event}:{self.hash}"

    @property
    def blocking(self) -> tuple[Ruled, ...]:
        """Why a step was refused."""
        return tuple(finding for finding in self.findings if finding.blocks)
