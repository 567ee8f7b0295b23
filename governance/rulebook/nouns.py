"""What a rulebook is made of: clauses, readings, facts, acts, rules, steps, processes, sections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from governance.conditions.nodes import Condition, Expression
from governance.model import Force, Text
from governance.values import Kind, Value

FACT_ROLES = ("question", "proposal", "size", "estimate", "left", "place", "form", "starts", "ends")
ACT_ROLES = ("decided", "approved", "ordered", "held", "minutes-approved", "cancelled")


@dataclass(frozen=True, slots=True)
class Clause:
    """One normative sentence of the document, cited by place and digest and retold in our own words.

    ``check`` says what the tool does with it: enforced, warned, reported or unchecked. ``partly`` marks a
    clause of which only a part can be checked; ``why`` tells which.
    """

    id: str
    section: Text
    place: int
    force: Force
    text: Text
    words: int
    digest: str
    check: str
    part_of: str | None = None
    partly: bool = False
    why: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class DatedReading:
    """What a reading means between two dates, both included; a value or a condition."""

    meaning: Value | Condition
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """The chosen meaning of a vague word: who chose it, why, and what else it could have been."""

    id: str
    clause: str
    phrase: str
    means: Text
    values: tuple[DatedReading, ...]
    chosen_by: Text
    chosen_on: date
    why: Text
    alternatives: tuple[Text, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact a rulebook declares: which rows have it, what it holds, and how it behaves.

    ``role`` is the part it plays in the papers of a meeting (one of ``FACT_ROLES``); most play none.

    ``each_round``: a value counts only in the round it was recorded in. ``adds_up``: a whole that has no
    value of its own has the sum of its tracks'.
    """

    id: str
    scope: str
    kind: Kind
    label: Text
    each_round: bool = False
    adds_up: bool = False
    plural: Text | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class ActKind:
    """What a body can do. An act ``covers`` facts: it no longer stands when they grow past ``tolerance``.

    A track whose latest act ``drops`` it no longer adds to its whole. ``role`` is what it tells in the papers
    (one of ``ACT_ROLES``): a date in the list of orders, or what became of a meeting and its minutes.
    """

    id: str
    label: Text
    covers: tuple[str, ...] = ()
    tolerance: str | None = None
    drops: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A body, state or word with its label; ``final`` marks a state where an item may rest for good.

    In a state, ``awaits`` are the steps that somebody is waited for to take.
    """

    id: str
    label: Text
    final: bool = False
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement, with its clause, or ours when it has none.

    ``for_each`` is what it judges; ``steps`` the steps it guards. ``due`` is the last day on which a
    requirement not yet met is open rather than broken.
    """

    id: str
    clause: str | None
    force: Force
    for_each: str
    requires: Condition
    label: Text
    only: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    applies_when: Condition | None = None
    from_: date | None = None
    to: date | None = None
    due: Expression | None = None
    excused_by: tuple[str, ...] = ()
    otherwise: Text | None = None

    @property
    def conditions(self) -> tuple[Condition, Condition | None, Expression | None]:
        """All that it asks: what it requires, when it applies, and by which day."""
        return (self.requires, self.applies_when, self.due)


@dataclass(frozen=True, slots=True)
class Input:
    """A fact that the one who takes a step may, or must, supply; ``again`` in place of what is recorded.

    ``default`` is what it is when nobody says otherwise.
    """

    fact: str
    required: bool = True
    again: bool = False
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A transition by a body. ``to`` None keeps the state; ``new_round`` makes earlier acts stale.

    It may add a thing of a kind (``adds``: a term to a seat), or bring the term that holds a seat to its end
    (``ends``); its inputs are then facts of that thing. ``takes`` is the step that a conclusion on an agenda
    point takes with it, on the item the point is about. A ``history`` step only tells what was before the
    register, and is never taken live.
    """

    id: str
    label: Text
    act: str
    by: tuple[str, ...]
    by_clause: str | None
    from_states: tuple[str, ...]
    from_clause: str | None
    to: str | None
    inputs: tuple[Input, ...] = ()
    new_round: bool = False
    rules: tuple[Rule, ...] = ()
    adds: str = ""
    ends: str = ""
    takes: str = ""
    history: bool = False

    @property
    def beside(self) -> str:
        """The kind of the other thing that the step is also about, if any."""
        return self.adds or self.ends


@dataclass(frozen=True, slots=True)
class Process:
    """The states and steps that things of some kinds go through: items of all sorts, or one of the group."""

    id: str
    label: Text
    kinds: tuple[Named, ...]
    initial: str
    states: tuple[Named, ...]
    steps: tuple[Step, ...]

    def state(self, name: str) -> Named | None:
        """The state of that name."""
        return next((state for state in self.states if state.id == name), None)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the document does not say, or says two ways; ``clauses`` it touches."""

    id: str
    text: Text
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the agenda, in order. Items of its ``kinds`` in one of its ``states`` are ready for it.

    ``follow_up`` also takes up what earlier meetings left open. A ``table`` lists its items in rows, and
    ``scores`` shows the result of the meeting's rounds.
    """

    id: str
    label: Text
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    follow_up: bool = False
    table: bool = False
    scores: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """How the ballots of a round are counted: ``sum`` of points, ``approval`` count or ``borda``.

    ``most`` is the most points one ballot gives one item, ``budget`` all of them; ``blank`` is what an item
    left blank means. Equal totals share a rank, always. ``places`` is how many are wanted, if that is said.
    ``cast`` and ``change`` are the round's steps that take a ballot; ``total`` and ``rank`` the facts of an
    item that the result is written down as when the item is concluded on.
    """

    id: str
    label: Text
    clause: str | None
    method: str
    blank: str
    most: Expression | None = None
    budget: Expression | None = None
    places: Expression | None = None
    cast: str = ""
    change: str = ""
    total: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with facts that hold between dates."""

    id: str
    kind: str
    facts: Mapping[str, tuple[DatedReading, ...]] = field(default_factory=dict)


Noun = (
    ActKind
    | Clause
    | Counting
    | FactKind
    | Named
    | Organisation
    | Process
    | ReadingChoice
    | Remark
    | Rule
    | Section
    | Step
)
"""Whatever a rulebook is made of and knows by an id."""
