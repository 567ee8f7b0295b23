"""The shortest legal way from where an item is to a state: who must act, and what is missing on the way."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, islice

from governance.conditions.reasons import Change, Complete, Explain, Record, Remedy, Supply, Wait
from governance.model import Decision, Request
from governance.record import Entity
from governance.record import Record as RecordOf
from governance.referee.decide import Referee
from governance.referee.suppose import Supposed, suppose, supposing
from governance.rulebook import Process, Step
from governance.values import Span

MOST_LOOKED_AT = 4000
MOST_PREPARED = 12
MOST_ALIKE = 3
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
    entity = referee.placed(entity)
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


@dataclass(slots=True)
class _Candidate:
    """A step that might follow; it is judged only when its turn comes, each way to prepare it in turn."""

    legs: tuple[Leg, ...]
    asked: int
    prepared: Iterator[tuple[Leg, Supposed]]


def _search(
    referee: Referee, entity: Entity, goal: str, on: Span, record: RecordOf, may: tuple[type[Remedy], ...]
) -> Route | None:
    """A* over states and acts; the distance on the bare machine never exceeds the real one."""
    left = distances(referee.process(entity), goal)
    if entity.state == goal:
        return Route(goal, ())
    start = supposing(entity, Request("", "", on), record)
    order = count()
    queue: list[tuple[int, int, int, int, int, _Candidate]] = []

    def put(candidate: _Candidate, cost: int, turn: int) -> None:
        entry = (cost, turn, -len(candidate.legs), candidate.asked, next(order), candidate)
        heapq.heappush(queue, entry)

    def consider(here: Supposed, legs: tuple[Leg, ...]) -> None:
        for step in _steps_from(here.entity, referee):
            target = step.to or here.entity.state
            if target in left:
                asked = sum(each.required for each in step.inputs)
                prepared = islice(_prepared(referee, here, step, may), MOST_PREPARED)
                put(_Candidate(legs, asked, prepared), len(legs) + 1 + left[target], 0)

    seen = {_signature(start, start, referee)}
    consider(start, ())
    while queue and len(seen) < MOST_LOOKED_AT:
        cost, turn, *_, tried = heapq.heappop(queue)
        leg, there = next(tried.prepared, (None, None))
        if leg is None or there is None:
            continue
        put(tried, cost, turn + 1)
        reached = there.taken(leg.step, leg.decision)
        legs = (*tried.legs, leg)
        if reached.entity.state == goal:
            return Route(goal, _told_at_once(legs))
        key = _signature(reached, start, referee)
        if key not in seen:
            seen.add(key)
            consider(reached, legs)
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
        again = referee.acts_are_told_apart or (act is not None and bool(act.covers))
        if moves or asks or ((step.act not in done or again) and step.act in referee.acts_that_matter):
            yield step


def _signature(here: Supposed, start: Supposed, referee: Referee) -> object:
    """What the rules can tell apart about an item on its way, and what else differs from the start."""
    entity, matters = here.entity, referee.facts_that_matter
    counted = (
        act
        for act in entity.acts
        if act.act in referee.acts_that_matter
        and (act.round == entity.round or act.act in referee.acts_of_any_round)
    )
    acts = Counter(
        (
            act.act,
            act.body,
            act.round == entity.round,
            frozenset(
                (n, known.value) for n, known in entity.told if known.event <= act.event and n in matters
            ),
            act.on if referee.acts_are_told_apart else None,
        )
        for act in counted
    )
    often = MOST_ALIKE if referee.acts_are_told_apart else 1
    facts = frozenset((name, known.value) for name, known in entity.facts.items() if name in matters)
    alike = frozenset((act, min(times, often)) for act, times in acts.items())
    others = frozenset(
        (thing.id, thing.complete_on, tuple((name, known.value) for name, known in thing.told))
        for thing in here.record.values()
        if thing is not entity and thing is not start.record[thing.id]
    )
    return entity.state, alike, facts, entity.complete_on, here.request.on, others


def _prepared(
    referee: Referee, here: Supposed, step: Step, may: tuple[type[Remedy], ...]
) -> Iterator[tuple[Leg, Supposed]]:
    """The step as it can be taken here by each body that may, with what must come first."""
    rounds = len(step.rules) + len(referee.rulebook.rules) + 3
    for body in step.by if step.id in referee.bodies_are_told_apart else step.by[:1]:
        asked = replace(here, request=Request(step.id, body, here.request.on))
        yield from _allowed(referee, step, asked, (), may, rounds)


def _allowed(
    referee: Referee,
    step: Step,
    here: Supposed,
    first: tuple[Remedy, ...],
    may: tuple[type[Remedy], ...],
    rounds: int,
) -> Iterator[tuple[Leg, Supposed]]:
    decision = referee.decide(here.entity, here.request, here.record)
    if decision.allowed:
        yield Leg(step, decision, first), here
        return
    for way in decision.blocking[0].ways if rounds else ():
        fresh = tuple(remedy for remedy in way if remedy not in first)
        if fresh and all(isinstance(remedy, may) for remedy in way):
            there = suppose(fresh, here, referee.rulebook)
            if there is not None:
                yield from _allowed(referee, step, there, (*first, *fresh), may, rounds - 1)


def _told_at_once(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """All that is asked of one fact is told where the fact first comes up, so that it is recorded once."""
    home: dict[tuple[str, str], int] = {}
    told: list[list[Remedy]] = [[] for _ in legs]
    for place, leg in enumerate(legs):
        for remedy in leg.first:
            about = _fact_of(remedy, leg)
            told[home.setdefault(about, place) if about is not None else place].append(remedy)
    return tuple(replace(leg, first=tuple(first)) for leg, first in zip(legs, told, strict=True))


def _fact_of(remedy: Remedy, leg: Leg) -> tuple[str, str] | None:
    match remedy:
        case Record(about, fact):
            return about, fact
        case Supply(fact, _, _):
            return leg.decision.entity, fact
    return None
