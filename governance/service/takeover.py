"""What a new rulebook means for what is under way: which lose their place, which steps open or close."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from governance.model import Event, Request, Ruled, Text
from governance.notation import write_value
from governance.prose import ruled, step_label
from governance.prose.labels import fact_label, label, state_label
from governance.record import PERSON, RULEBOOK, Entity, Record, fold, surroundings
from governance.referee import Referee
from governance.rulebook import Rulebook
from governance.service.showing import said, said_state
from governance.service.views import Said
from governance.values import day, fitted
from governance.vocabulary import RECORDED_KINDS, scope_of

OPENS, CLOSES, APPEARS, VANISHES = "opens", "closes", "appears", "vanishes"


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step that is open under one of two rulebooks only, and the findings that stop it under the other."""

    step: Said
    change: str
    findings: tuple[Ruled, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """What new rules treat otherwise of an item or thing of the group under way: facts, steps.

    One ``lost`` is in a state, or of a kind, that they do not know at all.
    """

    id: str
    title: str
    kind: Said
    state: Said
    unknown: tuple[Text, ...]
    steps: tuple[StepChange, ...]
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rulebooks on the day it is asked, with the record as it is then.

    ``words`` is the rulebook with the other's names for states of its own, so that they can be told.
    """

    referee: Referee
    words: Rulebook
    on: date
    record: Record
    around: Callable[[str], Record]

    def open_steps(self, entity: Entity) -> tuple[str, ...]:
        """The steps open to an item; none when its kind has no process."""
        if self.referee.rulebook.process_for(entity.kind) is None:
            return ()
        return self.referee.open_steps(entity, day(self.on), self.around(entity.id))

    def steps(self, entity: Entity) -> frozenset[str]:
        """All steps of an item's process."""
        process = self.referee.rulebook.process_for(entity.kind)
        return frozenset(step.id for step in process.steps) if process is not None else frozenset()

    def stops(self, entity: Entity, step: str) -> tuple[Ruled, ...]:
        """Why a step is not open."""
        found = self.referee.step_for(self.referee.process(entity), step, entity.state)
        request = Request(step, found.by[0], day(self.on))
        decision = self.referee.decide(entity, request, self.around(entity.id))
        return tuple(each for each in ruled(decision, self.words) if each.blocks)


def _side(referee: Referee, other: Referee, on: date, record: Record) -> Side:
    book, known = referee.rulebook, referee.rulebook.label_by_id
    states = [state for process in other.rulebook.processes for state in process.states]
    words = replace(book, words=(*book.words, *(state for state in states if state.id not in known)))
    return Side(referee, words, on, record, surroundings(record, book.around))


def running(record: Record, referee: Referee, later: Referee) -> list[Entity]:
    """What is under way, by id: whatever is in a state that is not final by the rules, or not known to them.

    A thing of the group that has no process by either rulebook, and never had a state, has no way to go.
    """
    found = []
    for entity in sorted(record.values(), key=lambda entity: entity.id):
        thing = referee.placed(entity)
        beside = entity.kind in (*RECORDED_KINDS, PERSON, RULEBOOK)
        goes = thing.state or later.placed(entity).state or not beside
        if goes and not referee.rulebook.is_final(entity.kind, thing.state):
            found.append(thing)
    return found


def affected(
    events: Sequence[Event], items: Sequence[Entity], old: tuple[Referee, date], new: tuple[Referee, date]
) -> tuple[Affected, ...]:
    """The items that change: every step decided by the old rules on a day and by the new ones on another."""
    before, after = (
        _side(referee, other, on, fold(events, by=on))
        for (referee, on), (other, _) in ((old, new), (new, old))
    )
    found = (_compared(entity, before, after) for entity in items)
    return tuple(each for each in found if each.unknown or each.steps)


def _compared(entity: Entity, old: Side, new: Side) -> Affected:
    then = new.referee.placed(new.record.get(entity.id, entity))
    return Affected(
        entity.id,
        entity.title,
        said(old.referee.rulebook, entity.kind),
        said_state(old.referee.rulebook, entity.kind, entity.state),
        tuple(_unknown(then, old, new)),
        tuple(_changes(entity, then, old, new)),
        lost=new.referee.rulebook.state(then.kind, then.state) is None,
    )


def _unknown(entity: Entity, old: Side, new: Side) -> Iterator[Text]:
    was, book = old.referee.rulebook, new.referee.rulebook
    kind, state = label(was, entity.kind), state_label(was, entity.kind, entity.state)
    if book.process_for(entity.kind) is None:
        yield Text(f"typen »{kind.da}« har intet forløb", f"the kind “{kind.en}” has no process")
    elif book.state(entity.kind, entity.state) is None:
        yield Text(f"tilstanden »{state.da}« kendes ikke", f"the state “{state.en}” is not known")
    scope = scope_of(entity.kind)
    for name, fact in entity.facts.items():
        declared, value = book.kind_of(scope, name), write_value(fact.value)
        told = fact_label(was, name)
        if declared is None and was.kind_of(scope, name) is not None:
            yield Text(f"{told.da} kendes ikke", f"{told.en} is not known")
        elif declared is not None and fitted(fact.value, declared) is None:
            yield Text(
                f"{told.da} kan ikke være `{value}`",
                f"{told.en} cannot be `{value}`",
            )


def _changes(entity: Entity, then: Entity, old: Side, new: Side) -> Iterator[StepChange]:
    was, now = old.open_steps(entity), new.open_steps(then)
    for step in was:
        if step in now:
            continue
        name = Said(step, step_label(old.referee.rulebook, step))
        if step in new.steps(then):
            yield StepChange(name, CLOSES, new.stops(then, step))
        else:
            yield StepChange(name, VANISHES)
    for step in now:
        if step in was:
            continue
        name = Said(step, step_label(new.referee.rulebook, step))
        if step in old.steps(entity):
            yield StepChange(name, OPENS, old.stops(entity, step))
        else:
            yield StepChange(name, APPEARS)
