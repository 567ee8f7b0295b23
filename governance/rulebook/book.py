"""One dated set of rules, parsed and immutable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from governance.conditions.nodes import Condition, Fact, Reading, ReadingHolds, nodes_of
from governance.model import Text
from governance.rulebook.dated import meets
from governance.rulebook.nouns import (
    ActKind,
    Clause,
    Counting,
    FactKind,
    Named,
    Organisation,
    Process,
    ReadingChoice,
    Remark,
    Rule,
    Section,
    Step,
)
from governance.values import Kind, Span, Value, ValueMismatch, hull
from governance.vocabulary import BESIDE, GROUP_KINDS, SCOPES, THE_GROUP, leads_to, scope_of

NAMING = ("of", "collection")
"""How a node of a condition names rows."""


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
        nodes = nodes_of(self._trees(self.every_rule))
        asked = {node.name for node in nodes if isinstance(node, Reading | ReadingHolds)}
        return frozenset(asked | {act.tolerance for act in self.acts if act.tolerance is not None})

    @cached_property
    def facts_asked(self) -> frozenset[str]:
        """The names of the facts that some rule, reading or input asks about, of whatever row."""
        steps = [step for process in self.processes for step in process.steps]
        return self._facts_in([*self._trees(self.rules), *_trees_of(steps)])

    @cached_property
    def facts_asked_of_the_group(self) -> frozenset[str]:
        """The names of the facts that the rules which guard no step ask about."""
        return self._facts_in(rule.conditions for rule in self.rules if not rule.steps)

    def facts_asked_by(self, steps: Iterable[Step]) -> frozenset[str]:
        """The names of the facts that the rules and inputs of some steps ask about."""
        return self._facts_in(_trees_of(steps))

    def _facts_in(self, trees: Iterable[object]) -> frozenset[str]:
        """The names of the facts that some trees ask about, themselves or through a reading."""
        waiting, followed, named = list(trees), set[str](), set[str]()
        while waiting:
            for node in nodes_of(waiting.pop()):
                if isinstance(node, Reading | ReadingHolds) and node.name not in followed:
                    followed.add(node.name)
                    waiting += [dated.meaning for dated in self.reading_by_id[node.name].values]
                elif isinstance(node, Fact):
                    named.add(node.name)
                named |= {getattr(node, each, "") or "" for each in ("fact", "same")}
        return frozenset(named - {""})

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
    def fact_by_id(self) -> Mapping[str, FactKind]:
        """Declared facts by id alone, of whatever scope; the first of a name wins."""
        return {fact.id: fact for fact in reversed(self.facts)}

    @cached_property
    def step_by_id(self) -> Mapping[str, tuple[Process, Step]]:
        """Steps by id alone, each with its process; the first of a name wins."""
        return {
            step.id: (process, step)
            for process in reversed(self.processes)
            for step in reversed(process.steps)
        }

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
            return tuple(dict.fromkeys((*GROUP_KINDS, *BESIDE["meeting"], *BESIDE.get(kind, ()))))
        return (*GROUP_KINDS, *BESIDE["meeting"]) if self._asks_about_the_group else ()

    @cached_property
    def _asks_about_the_group(self) -> bool:
        """Whether a rule on items, or a reading, speaks of the group around them."""
        trees = self._trees(rule for rule in self.every_rule if rule.for_each == "item")
        asked = {getattr(node, name, "") for node in nodes_of(trees) for name in NAMING}
        return bool(asked & THE_GROUP)

    @cached_property
    def duties_see_items(self) -> bool:
        """Whether a rule with a last day is on items, or on what leads to them, and so may look at any."""
        return any("item" in leads_to(rule.for_each) for rule in self.duties)

    @cached_property
    def duties(self) -> tuple[Rule, ...]:
        """The rules with a last day that guard no step."""
        return tuple(rule for rule in self.rules if rule.due is not None and not rule.steps)

    def _trees(self, rules: Iterable[Rule]) -> tuple[object, ...]:
        """The conditions of some rules, and what every reading means."""
        asked = (rule.conditions for rule in rules)
        return (*asked, *(dated.meaning for reading in self.readings for dated in reading.values))

    def step(self, kind: str, name: str, state: str) -> Step | None:
        """The step of that name for things of a kind: the one that starts from the state, else the first."""
        process = self.process_for(kind)
        if process is None:
            return None
        named = self._steps_named.get((kind, name), ())
        starting = (step for step in named if (state or process.initial) in step.from_states)
        return next(starting, named[0] if named else None)

    @cached_property
    def _steps_named(self) -> Mapping[tuple[str, str], tuple[Step, ...]]:
        named: dict[tuple[str, str], tuple[Step, ...]] = {}
        for kind, process in self._process_of_kind.items():
            for step in process.steps:
                named[kind, step.id] = (*named.get((kind, step.id), ()), step)
        return named

    def process_for(self, kind: str) -> Process | None:
        """The process that items of a kind go through."""
        return self._process_of_kind.get(kind)

    def state(self, kind: str, name: str) -> Named | None:
        """The state of that name in the process that items of a kind go through, if there is one."""
        process = self.process_for(kind)
        return process.state(name) if process is not None else None

    def is_final(self, kind: str, state: str) -> bool:
        """Whether an item of a kind rests for good in a state; not in one the rules do not know."""
        found = self.state(kind, state)
        return found is not None and found.final

    def covers(self, on: date) -> bool:
        """Whether the rulebook is in force on a day."""
        return self.from_ <= on and (self.to is None or on <= self.to)

    def reading(self, name: str, on: Span) -> Value | Condition:
        """What a reading means on a date; over a span in which it changes, everything it can mean."""
        meanings = [dated.meaning for dated in self.reading_by_id[name].values if meets(dated, on)]
        if len(meanings) == 1:
            return meanings[0]
        values = [meaning for meaning in meanings if not isinstance(meaning, Condition)]
        if not meanings or len(values) != len(meanings):
            raise ValueMismatch(f"reading {name} has no single meaning on the date")
        return hull(values)


def _trees_of(steps: Iterable[Step]) -> list[object]:
    """The conditions of the rules of some steps, and what their inputs are by default."""
    asked = [rule.conditions for step in steps for rule in step.rules]
    return [*asked, *(each.default for step in steps for each in step.inputs)]
