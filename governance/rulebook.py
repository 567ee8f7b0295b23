"""One dated set of rules, parsed and immutable, and the rulebook in force on a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from governance.conditions.nodes import Condition, Expression, Reading, ReadingHolds, nodes_of
from governance.faults import Fault, RuleError
from governance.model import Force, Text
from governance.values import Kind, Span, Value, ValueMismatch, hull
from governance.vocabulary import BESIDE, GROUP_KINDS, SCOPES, THE_GROUP, scope_of

NAMING = ("of", "collection")
"""How a node of a condition names rows."""


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


@dataclass(frozen=True, slots=True)
class ActKind:
    """What a body can do. An act ``covers`` facts: it no longer stands when they grow past ``tolerance``.

    A track whose latest act ``drops`` it no longer adds to its whole.
    """

    id: str
    label: Text
    covers: tuple[str, ...] = ()
    tolerance: str | None = None
    drops: bool = False


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
    point takes with it, on the item the point is about.
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

    ``follow_up`` also takes up what earlier meetings left open. A ``table`` lists its items in rows.
    """

    id: str
    label: Text
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    follow_up: bool = False
    table: bool = False


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


@dataclass(frozen=True)
class Rulebook:
    """Everything the rule files of one dated folder say. Compared and cited by its digest.

    ``files`` are the texts it was read from, by name, which the digest is taken of.
    """

    id: str
    title: Text
    document: Text
    from_: date
    why_from: Text
    digest: str
    to: date | None = None
    bodies: tuple[Named, ...] = ()
    words: tuple[Named, ...] = ()
    facts: tuple[FactKind, ...] = ()
    acts: tuple[ActKind, ...] = ()
    clauses: tuple[Clause, ...] = ()
    readings: tuple[ReadingChoice, ...] = ()
    processes: tuple[Process, ...] = ()
    rules: tuple[Rule, ...] = ()
    silences: tuple[Remark, ...] = ()
    tensions: tuple[Remark, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    agenda: tuple[Section, ...] = ()
    counting: tuple[Counting, ...] = ()
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def act_by_id(self) -> Mapping[str, ActKind]:
        """Acts by id."""
        return {act.id: act for act in self.acts}

    @cached_property
    def reading_by_id(self) -> Mapping[str, ReadingChoice]:
        """Readings by id."""
        return {reading.id: reading for reading in self.readings}

    @cached_property
    def reserved_ids(self) -> frozenset[str]:
        """The ids of bodies and organisations, which no item may take."""
        return frozenset((*(body.id for body in self.bodies), *self.organisation_by_id))

    @cached_property
    def organisation_by_id(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {organisation.id: organisation for organisation in self.organisations}

    @cached_property
    def every_rule(self) -> tuple[Rule, ...]:
        """The rules of the steps and the rules beside them."""
        own = (rule for process in self.processes for step in process.steps for rule in step.rules)
        return (*own, *self.rules)

    @cached_property
    def judged_clauses(self) -> frozenset[str]:
        """The clauses that some rule, or who takes a step and from where, is judged by."""
        steps = [step for process in self.processes for step in process.steps]
        named = [rule.clause for rule in self.every_rule]
        named += [clause for step in steps for clause in (step.by_clause, step.from_clause)]
        return frozenset(clause for clause in named if clause is not None)

    @cached_property
    def readings_used(self) -> frozenset[str]:
        """The readings that some rule, act or reading asks; the rest only tell how a clause is understood."""
        trees: list[object] = [(rule.requires, rule.applies_when, rule.due) for rule in self.every_rule]
        trees += [dated.meaning for reading in self.readings for dated in reading.values]
        nodes = [node for tree in trees for node in nodes_of(tree)]
        asked = {node.name for node in nodes if isinstance(node, Reading | ReadingHolds)}
        return frozenset(asked | {act.tolerance for act in self.acts if act.tolerance is not None})

    @cached_property
    def label_by_id(self) -> Mapping[str, Text]:
        """What words, bodies, acts, facts, states and kinds are called; the first of a name wins."""
        named = [(each.id, each.label) for each in (*self.words, *self.bodies)]
        named += [(act.id, act.label) for act in self.acts] + [(fact.id, fact.label) for fact in self.facts]
        for process in self.processes:
            named += [(each.id, each.label) for each in (*process.states, *process.kinds)]
        return dict(reversed(named))

    @cached_property
    def fact_by_name(self) -> Mapping[tuple[str, str], FactKind]:
        """Declared facts by scope and id."""
        return {(fact.scope, fact.id): fact for fact in self.facts}

    @cached_property
    def _kinds(self) -> Mapping[tuple[str, str], Kind]:
        kinds = {(scope, name): kind for scope, known in SCOPES.items() for name, kind in known.facts.items()}
        kinds |= {(fact.scope, fact.id): fact.kind for fact in self.facts}
        for scope, known in SCOPES.items():
            for parent in known.inherits:
                kinds |= {(scope, name): kind for (of, name), kind in list(kinds.items()) if of == parent}
        return kinds

    def kind_of(self, scope: str, fact: str) -> Kind | None:
        """What a fact of a scope holds, or None when no such fact is known."""
        return self._kinds.get((scope, fact))

    def unknown_values(self, fact: str) -> tuple[Value, ...]:
        """What a fact of that name is while nothing is recorded, in whichever scope it stands."""
        return tuple(kind.unknown() for (_, name), kind in self._kinds.items() if name == fact)

    def fact_names(self, scope: str) -> tuple[str, ...]:
        """The facts a scope has."""
        return tuple(name for of, name in self._kinds if of == scope)

    def fact(self, scope: str, name: str) -> FactKind | None:
        """The declaration of a fact, for a fact the rulebook declares."""
        return self.fact_by_name.get((scope, name))

    def unknown(self, scope: str, fact: str) -> Value:
        """The value of a fact that nothing is recorded about."""
        kind = self.kind_of(scope, fact)
        if kind is None:
            raise ValueMismatch(f"{scope} has no fact {fact}")
        return kind.unknown()

    @cached_property
    def _process_of_kind(self) -> Mapping[str, Process]:
        return {kind.id: process for process in reversed(self.processes) for kind in process.kinds}

    @cached_property
    def adding_up(self) -> tuple[str, ...]:
        """The facts of items of which a whole has the sum of its tracks'."""
        return tuple(fact.id for fact in self.facts if fact.adds_up and fact.scope == "item")

    def around(self, kind: str) -> tuple[str, ...]:
        """The kinds of the group that a decision about a thing of some kind rests on, besides its family."""
        if scope_of(kind) != "item":
            return (*GROUP_KINDS, *BESIDE.get(kind, ()))
        return (*GROUP_KINDS, *BESIDE["meeting"]) if self._asks_about_the_group else ()

    @cached_property
    def _asks_about_the_group(self) -> bool:
        """Whether a rule on items, or a reading, speaks of the group around them."""
        rules = [rule for rule in self.every_rule if rule.for_each == "item"]
        trees: list[object] = [(rule.requires, rule.applies_when, rule.due) for rule in rules]
        trees += [dated.meaning for reading in self.readings for dated in reading.values]
        asked = {getattr(node, name, "") for tree in trees for node in nodes_of(tree) for name in NAMING}
        return bool(asked & THE_GROUP)

    def step(self, kind: str, name: str, state: str) -> Step | None:
        """The step of that name for things of a kind: the one that starts from the state, else the first."""
        process = self.process_for(kind)
        if process is None:
            return None
        named = [step for step in process.steps if step.id == name]
        starting = (step for step in named if (state or process.initial) in step.from_states)
        return next(starting, named[0] if named else None)

    def process_for(self, kind: str) -> Process | None:
        """The process that items of a kind go through."""
        return self._process_of_kind.get(kind)

    def knows(self, kind: str, state: str) -> bool:
        """Whether items of a kind go through a process that has the state."""
        process = self.process_for(kind)
        return process is not None and process.state(state) is not None

    def covers(self, on: date) -> bool:
        """Whether the rulebook is in force on a day."""
        return self.from_ <= on and (self.to is None or on <= self.to)

    def reading(self, name: str, on: Span) -> Value | Condition:
        """What a reading means on a date; over a span in which it changes, everything it can mean."""
        meanings = [dated.meaning for dated in self.reading_by_id[name].values if _meets(dated, on)]
        if len(meanings) == 1:
            return meanings[0]
        values = [meaning for meaning in meanings if not isinstance(meaning, Condition)]
        if not meanings or len(values) != len(meanings):
            raise ValueMismatch(f"reading {name} has no single meaning on the date")
        return hull(values)


def _meets(dated: DatedReading, on: Span) -> bool:
    starts_after = dated.from_ is not None and isinstance(on.high, date) and on.high < dated.from_
    ends_before = dated.to is not None and isinstance(on.low, date) and on.low > dated.to
    return not starts_after and not ends_before


def dated_value(values: tuple[DatedReading, ...], on: Span) -> Value | None:
    """The value in force on a date, everything it can be over a span of dates, or None when there is none."""
    found = [dated.meaning for dated in values if _meets(dated, on)]
    known = [meaning for meaning in found if not isinstance(meaning, Condition)]
    return hull(known) if known else None


def judged_day(on: Span) -> date | None:
    """The day whose rulebook judges something dated ``on``: the last day it can have been."""
    latest = on.high if on.high is not None else on.low
    return latest if isinstance(latest, date) else None


@dataclass(frozen=True, slots=True)
class Rulebooks:
    """The rulebooks of one group. One without a last day ends where the next one begins."""

    books: tuple[Rulebook, ...]

    def on(self, on: Span) -> Rulebook:
        """The rulebook in force; RuleError when none covers the date, never the nearest one."""
        at = judged_day(on)
        for book in sorted(self.books, key=lambda book: book.from_, reverse=True):
            if at is not None and book.covers(at):
                return book
        spans = ", ".join(f"{book.from_}–{book.to or ''}" for book in self.books) or "ingen"
        shown = at.isoformat() if at else "en dato uden slutning"
        fault = Fault(
            "no-rulebook-on-date",
            self.books[0].id if self.books else "",
            1,
            1,
            f"intet regelsæt dækker `{shown}`",
            f"regelsættene dækker {spans}; brug en dato derinden, eller læg et regelsæt til",
        )
        raise RuleError((fault,))
