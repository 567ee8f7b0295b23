"""The shortest legal way from where an item is to a state: who must act, and what is missing on the way."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A step that might follow; it is judged only when its turn comes."""

    entity: Entity
    step: Step
    on: Span
    legs: tuple[Leg, ...]


def _search(
    referee: Referee, entity: Entity, goal: str, on: Span, record: RecordOf, may: tuple[type[Remedy], ...]
) -> Route | None:
    """A* over states and acts; the distance on the bare machine never exceeds the real one."""
    left = distances(referee.process(entity), goal)
    if entity.state == goal:
        return Route(goal, ())
    order = count()
    queue: list[tuple[int, int, int, int, _Candidate]] = []

    def consider(here: Entity, now: Span, legs: tuple[Leg, ...]) -> None:
        for step in _steps_from(here, referee):
            target = step.to or here.state
            if target in left:
                asked = sum(each.required for each in step.inputs)
                cost = len(legs) + 1 + left[target]
                heapq.heappush(
                    queue, (cost, -len(legs), asked, next(order), _Candidate(here, step, now, legs))
                )

    seen = {_signature(entity, on, referee)}
    consider(entity, on, ())
    while queue and len(seen) < MOST_LOOKED_AT:
        tried = heapq.heappop(queue)[-1]
        leg = _leg(referee, tried.entity, tried.step, tried.on, record, may)
        if leg is None:
            continue
        there = after_step(_prepared(referee, tried, leg), tried.step, leg.decision)
        legs = (*tried.legs, leg)
        if there.state == goal:
            return Route(goal, legs)
        key = _signature(there, leg.decision.request.on, referee)
        if key not in seen:
            seen.add(key)
            consider(there, leg.decision.request.on, legs)
    return None


def _steps_from(entity: Entity, referee: Referee) -> Iterator[Step]:
    """The steps that start here and can change something a rule or the way can tell."""
    done = {act.act for act in entity.acts if act.round == entity.round}
    for step in referee.process(entity).steps:
        if entity.state not in step.from_states:
            continue
        moves = step.new_round or step.to not in (None, entity.state)
        asks = any(each.fact in referee.facts_that_matter for each in step.inputs)
        act = referee.rulebook.act_by_id.get(step.act)
        fresh = step.act not in done or (act is not None and bool(act.covers))
        if moves or asks or (fresh and step.act in referee.acts_that_matter):
            yield step


def _signature(entity: Entity, on: Span, referee: Referee) -> object:
    """What the rules can tell apart about an item on its way."""
    matters = referee.facts_that_matter
    counted = (
        act
        for act in entity.acts
        if act.act in referee.acts_that_matter
        and (act.round == entity.round or act.act in referee.acts_of_any_round)
    )
    acts = frozenset(
        (
            act.act,
            act.body,
            act.round == entity.round,
            frozenset((n, v) for n, v in act.seen.items() if n in matters),
        )
        for act in counted
    )
    facts = frozenset((name, known.value) for name, known in entity.facts.items() if name in matters)
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


def _prepared(referee: Referee, tried: _Candidate, leg: Leg) -> Entity:
    request = Request(tried.step.id, tried.step.by[0], tried.on)
    applied = apply_remedies(leg.first, tried.entity, request, referee.rulebook)
    return applied[0] if applied is not None else tried.entity
