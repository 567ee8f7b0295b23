"""Questions about the rules themselves, answered by walking every situation an item can come into."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from governance.model import Decision, Request
from governance.record import Entity, Record
from governance.referee import Referee
from governance.referee.suppose import after_step
from governance.values import Choice, Span
from governance.vocabulary import scope_of

Situation = tuple[str, frozenset[tuple[str, str]]]
"""A state and the acts done since the last reopening, each with its body."""


@dataclass(frozen=True, slots=True)
class Trail:
    """An item in a situation and the steps, each with its body, that first led there."""

    entity: Entity
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """Every situation reachable from a start, and which situations each leads to by one step."""

    start: Situation
    trails: Mapping[Situation, Trail]
    leads_to: Mapping[Situation, tuple[Situation, ...]]


def situation(entity: Entity, referee: Referee) -> Situation:
    """What the rules can tell apart about an item whose facts stay as they are."""
    told_apart = referee.acts_that_matter
    acts = (act for act in entity.acts if act.round == entity.round and act.act in told_apart)
    return entity.state, frozenset((act.act, act.body) for act in acts)


def attempts(referee: Referee, entity: Entity, on: Span, record: Record) -> Iterator[Decision]:
    """Every step tried by every body, with whatever inputs it asks for left unknown but given."""
    process = referee.process(entity)
    here = {**record, entity.id: entity}
    for step in {
        step.id: referee.step_for(process, step.id, entity.state) for step in process.steps
    }.values():
        supplied = {
            each.fact: referee.rulebook.unknown(scope_of(entity.kind), each.fact)
            for each in step.inputs
            if each.required and not step.beside
        }
        known = {
            name: Choice(frozenset({"…"})) if isinstance(value, Choice) and value.options is None else value
            for name, value in supplied.items()
            if name not in entity.facts
        }
        for body in referee.rulebook.bodies:
            yield referee.decide(entity, Request(step.id, body.id, on, inputs=known), here)


def walk(referee: Referee, start: Entity, on: Span, record: Record) -> Walk:
    """Breadth first over every allowed step by every body, so each trail is a shortest one."""
    trails = {situation(start, referee): Trail(start, ())}
    leads_to: dict[Situation, tuple[Situation, ...]] = {}
    queue = deque([situation(start, referee)])
    while queue:
        here = queue.popleft()
        trail = trails[here]
        targets: dict[Situation, None] = {}
        for decision in attempts(referee, trail.entity, on, record):
            if not decision.allowed:
                continue
            step = referee.step_for(referee.process(trail.entity), decision.request.step, trail.entity.state)
            there = after_step(trail.entity, step, decision)
            key = situation(there, referee)
            targets[key] = None
            if key not in trails:
                trails[key] = Trail(there, (*trail.steps, (step.id, decision.request.body)))
                queue.append(key)
        leads_to[here] = tuple(targets)
    return Walk(situation(start, referee), trails, leads_to)


def counterexample(walked: Walk, holds: Callable[[Situation], bool]) -> Trail | None:
    """The shortest trail to a situation where something that should always hold does not, or None."""
    return next((trail for found, trail in walked.trails.items() if not holds(found)), None)


def stuck(walked: Walk, resting: Callable[[Situation], bool]) -> tuple[Trail, ...]:
    """Trails to situations from which no resting situation can be reached any more."""
    comes_from: dict[Situation, list[Situation]] = {}
    for source, targets in walked.leads_to.items():
        for target in targets:
            comes_from.setdefault(target, []).append(source)
    safe = {found for found in walked.trails if resting(found)}
    queue = deque(safe)
    while queue:
        for source in comes_from.get(queue.popleft(), []):
            if source not in safe:
                safe.add(source)
                queue.append(source)
    return tuple(trail for found, trail in walked.trails.items() if found not in safe)
