"""The shortest legal way from where an item is to a state: who must act, and what is missing on the way."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from governance.conditions.reasons import Change, Complete, Explain, Record, Remedy, Supply, Wait
from governance.model import Decision, Request
from governance.record import Entity
from governance.record import Record as RecordOf
from governance.referee.decide import Referee
from governance.referee.suppose import after_step, apply_remedies
from governance.rulebook import Process, Step
from governance.values import Span

MOST_LOOKED_AT = 4000
EASY: tuple[type[Remedy], ...] = (Supply, Wait, Explain)
HARD: tuple[type[Remedy], ...] = (*EASY, Record, Change, Complete)


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a way: the decision it will be given, and what must be supplied or recorded before it."""

    step: Step
    decision: Decision
    first: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A way to a state; ``legs`` empty when the item is there already."""

    goal: str
    legs: tuple[Leg, ...]


def way_to(referee: Referee, entity: Entity, goal: str, on: Span, record: RecordOf) -> Route | None:
    """The way with the fewest steps, or None when the rules allow none.

    A way that only needs acts and the inputs they ask for is preferred; failing that, one on which facts
    must be recorded first.
    """
    return _search(referee, entity, goal, on, record, EASY) or _search(
        referee, entity, goal, on, record, HARD
    )


def distances(process: Process, goal: str) -> Mapping[str, int]:
    """How many steps each state is from the goal on the machine, were every rule kept."""
    found = {goal: 0}
    frontier = [goal]
    while frontier:
        reached = []
        for step in process.steps:
            for source in step.from_states:
                target = step.to or source
                if target in frontier and source not in found:
                    found[source] = found[target] + 1
                    reached.append(source)
        frontier = reached
    return found


def _search(
    referee: Referee, entity: Entity, goal: str, on: Span, record: RecordOf, may: tuple[type[Remedy], ...]
) -> Route | None:
    """A* over states and acts; the distance on the bare machine never exceeds the real one."""
    process = referee.process(entity)
    left = distances(process, goal)
    order = count()
    if entity.state not in left:
        return None
    queue: list[tuple[int, int, Entity, Span, tuple[Leg, ...]]] = [
        (left[entity.state], next(order), entity, on, ())
    ]
    seen: set[object] = set()
    while queue and len(seen) < MOST_LOOKED_AT:
        _, _, here, now, legs = heapq.heappop(queue)
        if here.state == goal:
            return Route(goal, legs)
        key = _signature(here, now)
        if key in seen:
            continue
        seen.add(key)
        for step in process.steps:
            if here.state not in step.from_states or (step.to or here.state) not in left:
                continue
            leg = _leg(referee, here, step, now, {**record, here.id: here}, may)
            if leg is None:
                continue
            there = after_step(_prepared(referee, here, leg, step, now), step, leg.decision)
            later = leg.decision.request.on
            cost = len(legs) + 1 + left[there.state]
            heapq.heappush(queue, (cost, next(order), there, later, (*legs, leg)))
    return None


def _signature(entity: Entity, on: Span) -> object:
    acts = frozenset((act.act, act.body, act.round == entity.round) for act in entity.acts)
    facts = frozenset((name, known.value) for name, known in entity.facts.items())
    return entity.state, acts, facts, entity.complete_on, on


def _leg(
    referee: Referee, entity: Entity, step: Step, on: Span, record: RecordOf, may: tuple[type[Remedy], ...]
) -> Leg | None:
    """The step as it can be taken here, with what must come first; None when it cannot."""
    request = Request(step.id, step.by[0], on)
    first: tuple[Remedy, ...] = ()
    for _ in range(len(step.rules) + len(referee.rulebook.rules) + 3):
        decision = referee.decide(entity, request, {**record, entity.id: entity})
        if decision.allowed:
            return Leg(step, decision, first)
        for way in decision.blocking[0].ways:
            if not way or not all(isinstance(remedy, may) for remedy in way):
                continue
            applied = apply_remedies(way, entity, request, referee.rulebook)
            if applied is not None and not set(way) <= set(first):
                entity, request = applied
                first = (*first, *(remedy for remedy in way if remedy not in first))
                break
        else:
            return None
    return None


def _prepared(referee: Referee, entity: Entity, leg: Leg, step: Step, on: Span) -> Entity:
    applied = apply_remedies(leg.first, entity, Request(step.id, step.by[0], on), referee.rulebook)
    return applied[0] if applied is not None else entity
