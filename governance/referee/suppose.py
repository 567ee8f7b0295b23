"""Suppose that remedies were applied: the item as it would be, without anything being stored.

A fact that would be recorded is supposed to be anything that compares as wanted, so what then holds for
certain holds whatever the fact turns out to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from governance.conditions.judge import holds
from governance.conditions.narrow import SOME_OTHER_WORD, narrow
from governance.conditions.nodes import Condition
from governance.conditions.reasons import (
    ActAs,
    Change,
    ComeTo,
    Complete,
    Do,
    Explain,
    Reach,
    Record,
    Remedy,
    Supply,
    Wait,
)
from governance.conditions.rows import Row, Scope, told
from governance.model import Decision, Event, FactRecorded, Origin, Payload, Request, StepTaken
from governance.record import Entity, apply
from governance.record import Record as RecordOf
from governance.referee.beside import is_link, with_beside
from governance.rulebook import Rulebook, Step
from governance.values import Choice, Kind, Truth, Value, ValueMismatch, day, word
from governance.vocabulary import scope_of
from governance.world import World, facts_of, row_for

NEVER = datetime(1, 1, 1, tzinfo=UTC)
SUPPOSED = 10**9
"""What is supposed comes after everything recorded, of whatever thing."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """A request about an item, and the record it is judged on; ``number`` counts what was supposed so far."""

    entity: Entity
    request: Request
    record: RecordOf
    number: int = SUPPOSED

    def world(self, rulebook: Rulebook) -> World:
        """The record as rules see it on the date of the request, with what the step would add to it."""
        request, beside = self.request, self.beside(rulebook)
        if beside is not None:
            record = {**self.record, beside.id: beside}
            return World(record, rulebook, request.on, by_period=True)
        return World(self.record, rulebook, request.on, request.inputs, by_period=True)

    def step(self, rulebook: Rulebook) -> Step | None:
        """The step asked for; None while nothing is."""
        return rulebook.step(self.entity.kind, self.request.step, self.entity.state)

    def beside(self, rulebook: Rulebook) -> Entity | None:
        """The other thing the step is about, as it would be."""
        step = self.step(rulebook)
        if step is None or not step.beside:
            return None
        bare = World(self.record, rulebook, self.request.on, by_period=True)
        return with_beside(self.entity, step, self.request, bare, self.number)

    def row(self, rulebook: Rulebook) -> Row:
        """The item as rules see it."""
        return row_for(self.entity, self.world(rulebook))

    def scope(self, rulebook: Rulebook, own: Row | None = None) -> Scope:
        """The rows a rule on the item starts from; ``own`` is its own when that is known already."""
        world = self.world(rulebook)
        row = row_for(self.entity, world) if own is None else own
        rows = [("request", request_row(self.request, world)), (scope_of(self.entity.kind), row)]
        step = self.step(rulebook)
        if step is not None and step.beside:
            beside = self.beside(rulebook)
            other = Row(step.beside, "") if beside is None else row_for(beside, world)
            rows.append((step.beside, other))
        return world.scope(*rows)

    def thing(self, name: str) -> Entity | None:
        """The item itself, or another thing in the record."""
        return self.entity if name == self.entity.id else self.record.get(name)

    def put(self, thing: Entity) -> Supposed:
        """With a thing as it would be."""
        entity = thing if thing.id == self.entity.id else self.entity
        return Supposed(entity, self.request, {**self.record, thing.id: thing}, self.number + 1)

    def after(self, thing: Entity, payload: Payload) -> Supposed:
        """With one more event about a thing, on the date of the request."""
        event = Event(self.number + 1, thing.id, payload, self.request.on, NEVER, Origin.LIVE)
        return self.put(apply(thing, event) or thing)

    def taken(self, step: Step, decision: Decision) -> Supposed:
        """With the step taken as it was decided."""
        request = decision.request
        about = "beside" if step.beside else ""
        payload = StepTaken(
            request, decision.from_state, decision.to_state, step.act, step.new_round, about=about
        )
        return replace(self, request=request).after(self.entity, payload)


def supposing(entity: Entity, request: Request, record: RecordOf) -> Supposed:
    """A request about an item, whatever the record said of the item before; nothing is supposed yet."""
    numbers = (*(known.event for _, known in entity.told), *(act.event for act in entity.acts))
    return Supposed(entity, request, {**record, entity.id: entity}, max((SUPPOSED, *numbers)))


def suppose(remedies: Iterable[Remedy], start: Supposed, rulebook: Rulebook) -> Supposed | None:
    """What is supposed once these remedies are applied in order; None when one cannot be."""
    here: Supposed | None = start
    for remedy in remedies:
        if here is None:
            return None
        here = _applied(remedy, here, rulebook)
    return here


def _applied(remedy: Remedy, here: Supposed, rulebook: Rulebook) -> Supposed | None:
    request = here.request
    match remedy:
        case Record(about, fact, operator, wanted) | Change(about, fact, operator, wanted):
            afresh = isinstance(remedy, Change)
            return _with_fact(here, about, fact, operator, wanted, rulebook, afresh=afresh)
        case Complete(about):
            thing = here.thing(about)
            return None if thing is None else here.put(replace(thing, complete_on=request.on))
        case Do():
            return _with_act(remedy, here, rulebook)
        case Wait(until):
            earlier = isinstance(request.on.high, date) and until < request.on.high
            return here if earlier else replace(here, request=replace(request, on=day(until)))
        case ActAs(bodies):
            return replace(here, request=replace(request, body=bodies[0]))
        case Explain(bodies):
            body = request.body if not bodies or request.body in bodies else bodies[0]
            return replace(
                here, request=replace(request, body=body, reason=request.reason or SOME_OTHER_WORD)
            )
        case Supply(fact):
            step = here.step(rulebook)
            if step is None or fact not in {each.fact for each in step.inputs}:
                return None
            inputs = {**request.inputs, fact: _some_value(_unknown_input(fact, here, rulebook))}
            return replace(here, request=replace(request, inputs=inputs))
        case ComeTo(states):
            return here.put(replace(here.entity, state=states[0]))
        case Reach():
            return None


def _unknown_input(fact: str, here: Supposed, rulebook: Rulebook) -> Value:
    step = here.step(rulebook)
    if step is None or not step.beside:
        return rulebook.unknown(scope_of(here.entity.kind), fact)
    return Choice(None) if is_link(step, fact) else rulebook.unknown(step.beside, fact)


def _some_value(unknown: Value) -> Value:
    """What is supplied, whatever it is; of an open word something must be said."""
    return word(SOME_OTHER_WORD) if isinstance(unknown, Choice) and unknown.options is None else unknown


def _with_fact(
    here: Supposed,
    about: str,
    fact: str,
    operator: str,
    wanted: tuple[Value, ...],
    rulebook: Rulebook,
    *,
    afresh: bool,
) -> Supposed | None:
    request, thing = here.request, here.thing(about)
    if about == "request" and fact in ("person", "recorder"):
        said = narrow(Choice(None), operator, wanted)
        named = said.word if isinstance(said, Choice) else None
        if named is None:
            return None
        person, recorder = (named, request.recorder) if fact == "person" else (request.person, named)
        return replace(here, request=replace(request, person=person, recorder=recorder))
    beside = here.beside(rulebook)
    if beside is not None and about == beside.id:
        return _with_input(here, beside, fact, operator, wanted, rulebook)
    if thing is None and about in rulebook.organisation_by_id:
        thing = Entity(about, "organisation", version=1, origin=Origin.HISTORY)
    if thing is None:
        return None
    scope = scope_of(thing.kind)
    facts = facts_of(thing, scope, here.world(rulebook))
    supplied = thing is here.entity and fact in request.inputs and fact not in facts
    kind = rulebook.kind_of(scope, fact)
    if kind is None or not all(_is_of(kind, each) for each in wanted):
        return None
    value = narrow(request.inputs[fact] if supplied else facts.get(fact, kind.unknown()), operator, wanted)
    if value is None and afresh:
        value = narrow(kind.unknown(), operator, wanted)
    if value is None:
        return None
    if supplied:
        return replace(here, request=replace(request, inputs={**request.inputs, fact: value}))
    return here.after(thing, FactRecorded(fact, value))


def _with_input(
    here: Supposed,
    beside: Entity,
    fact: str,
    operator: str,
    wanted: tuple[Value, ...],
    rulebook: Rulebook,
) -> Supposed | None:
    """With a fact of the other thing the step is about said in the request, where the step asks for it."""
    step, kind = here.step(rulebook), rulebook.kind_of(beside.kind, fact)
    asked = step is not None and fact in {each.fact for each in step.inputs}
    if not asked or kind is None or not all(_is_of(kind, each) for each in wanted):
        return None
    value = narrow(kind.unknown(), operator, wanted)
    if value is None:
        return None
    inputs = {**here.request.inputs, fact: value}
    return replace(here, request=replace(here.request, inputs=inputs))


def _is_of(kind: Kind, value: Value) -> bool:
    """Whether a value can be held against a fact of the kind."""
    if isinstance(value, Choice):
        return kind.name not in ("number", "date")
    ends = [end for end in (value.low, value.high) if end is not None]
    return all(isinstance(end, date) is (kind.name == "date") for end in ends)


def _with_act(do: Do, here: Supposed, rulebook: Rulebook) -> Supposed | None:
    """The act done on the date of the request, by whoever passes its tests."""
    thing = here.thing(do.entity)
    if thing is None:
        return None
    people = dict.fromkeys(("", here.request.person, SOME_OTHER_WORD)) if do.tests else ("",)
    tries = [
        Request(act, body, here.request.on, person, recorder)
        for act in do.acts
        for body in do.by or [each.id for each in rulebook.bodies]
        for person in people
        for recorder in people
    ]
    done = [
        here.after(thing, StepTaken(each, thing.state, thing.state, each.step))
        for each in (tries if do.tests else tries[:1])
    ]
    passing = (
        there for tried, there in zip(tries, done, strict=False) if _passes(do.tests, tried, there, rulebook)
    )
    return next(passing, done[0])


def _passes(tests: tuple[Condition, ...], done: Request, there: Supposed, rulebook: Rulebook) -> bool:
    if not tests:
        return True
    facts = {**request_row(done).facts, "act": word(done.step)}
    inner = there.scope(rulebook).inside("act", told("act", "", facts))
    try:
        return all(holds(test, inner) is Truth.TRUE for test in tests)
    except ValueMismatch:  # a test names a row of a list, which is not seen from here
        return False


def request_row(request: Request, world: World | None = None) -> Row:
    """The request as a row: its date, body and people, and the meeting it was concluded at."""
    facts: dict[str, Value] = {"on": request.on, "body": word(request.body)}
    facts |= {
        name: word(value)
        for name, value in (("person", request.person), ("recorder", request.recorder))
        if value
    }
    row = told("request", "request", facts)
    point = world.record.get(request.point) if world is not None and request.point else None
    meeting = world.record.get(point.links["meeting"]) if world is not None and point is not None else None
    if world is None or meeting is None:
        return row
    there = row_for(meeting, world)
    return replace(row, links={"meeting": there, "body": there.links["body"]})


def after_step(entity: Entity, step: Step, decision: Decision) -> Entity:
    """The item as if the step had been taken."""
    return supposing(entity, decision.request, {}).taken(step, decision).entity
