"""The record as a fold: what a thing is, from the events about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from governance.model import (
    Added,
    Corrected,
    DeclaredComplete,
    Erased,
    Event,
    FactRecorded,
    Origin,
    Payload,
    RulebookAdopted,
    StepRefused,
    StepTaken,
)
from governance.values import Choice, Span, Value


@dataclass(frozen=True, slots=True)
class Known:
    """A recorded fact: since when it holds, who says so, and the event and act that set it."""

    value: Value
    on: Span
    source: str
    event: int
    round: int
    act: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What a body did to an item; ``late`` when it is dated before an act recorded earlier."""

    event: int
    act: str
    step: str
    body: str
    on: Span
    person: str
    recorder: str
    round: int
    origin: Origin
    late: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the record. ``version`` counts the events that changed it; ``complete_on`` vouches for it.

    ``facts`` holds the newest of each fact, ``told`` every recording of every fact in order.
    """

    id: str
    kind: str
    title: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    round: int = 1
    facts: Mapping[str, Known] = field(default_factory=dict)
    told: tuple[tuple[str, Known], ...] = ()
    acts: tuple[Act, ...] = ()
    version: int = 0
    origin: Origin = Origin.LIVE
    complete_on: Span | None = None
    since: Span = field(default_factory=Span)

    @property
    def closed(self) -> bool:
        """Whether nothing about it is missing from the record, as far as anyone vouched."""
        return self.origin is Origin.LIVE or self.complete_on is not None

    @property
    def first_told(self) -> int:
        """The event that first told a fact of it: 0 where none is told."""
        return min((known.event for _, known in self.told), default=0)

    def word(self, fact: str) -> str | None:
        """The one word or text recorded of a fact; None where there is none, or it may be one of several."""
        known = self.facts.get(fact)
        return known.value.word if known is not None and isinstance(known.value, Choice) else None

    def span(self, fact: str) -> Span:
        """The date or number recorded of a fact; wholly unknown where there is none."""
        known = self.facts.get(fact)
        return known.value if known is not None and isinstance(known.value, Span) else Span()


Record = Mapping[str, Entity]

PERSON, RULEBOOK = "person", "rulebook"
"""Kinds of things that only events about erasing and adopting are about."""


def surroundings(record: Record, group: Callable[[str], Collection[str]]) -> Callable[[str], Record]:
    """Of each thing its family (the whole it is part of, with all parts) and the group as far as it matters.

    ``group`` says which kinds of things matter to a thing of some kind. A decision rests on no more, so that
    deciding many does not look through all the others.
    """
    kinds: dict[str, dict[str, Entity]] = {}
    families: dict[str, dict[str, Entity]] = {}
    for id_, entity in record.items():
        families.setdefault(_whole(entity, record), {})[id_] = entity
        kinds.setdefault(entity.kind, {})[id_] = entity

    def around(id_: str) -> Record:
        entity = record.get(id_)
        if entity is None:
            return {}
        found: dict[str, Entity] = {}
        for kind in group(entity.kind):
            found |= kinds.get(kind, {})
        return {**found, **families[_whole(entity, record)]}

    return around


def _whole(entity: Entity, record: Record) -> str:
    """The outermost thing an item is a track of, or a relation belongs to."""
    met = {entity.id}
    while True:
        above = record.get(entity.links.get("parent") or entity.links.get("item", ""))
        if above is None or above.id in met:
            return entity.id
        met.add(above.id)
        entity = above


def happened_by(on: Span, day: date | None) -> bool:
    """Whether something dated ``on`` can have counted by the end of a day."""
    begin = on.low if on.low is not None else on.high
    return day is None or not isinstance(begin, date) or begin <= day


def replaced(events: Iterable[Event]) -> Mapping[int, Payload | None]:
    """The numbers of events that a later correction says were wrong, each with what stands in its place."""
    known = {event.number: event for event in events}
    wrong: dict[int, Payload | None] = {}
    for number in sorted(known, reverse=True):
        payload = known[number].payload
        if not isinstance(payload, Corrected) or number in wrong or payload.event in wrong:
            continue
        corrected = known.get(payload.event)
        if payload.replacement is not None and corrected and isinstance(corrected.payload, Corrected):
            wrong[corrected.number] = None
            wrong[corrected.payload.event] = payload.replacement
        else:
            wrong[payload.event] = payload.replacement
    return wrong


def fold(events: Iterable[Event], by: date | None = None) -> Record:
    """Everything the record holds, by id; with ``by``, only what had happened by the end of that day.

    A correction counts from the place of the event it corrects, whenever it was made.
    """
    ordered = sorted(events, key=lambda event: event.number)
    wrong = replaced(ordered)
    record: dict[str, Entity] = {}
    for event in ordered:
        corrects = isinstance(event.payload, Corrected)
        if not corrects and not happened_by(event.on, by):
            continue
        after = apply(record.get(event.entity), event, wrong)
        if after is not None:
            record[event.entity] = after
    return record


def apply(
    entity: Entity | None, event: Event, wrong: Mapping[int, Payload | None] | None = None
) -> Entity | None:
    """What one event makes of a thing. An event about a thing that was never added changes nothing.

    An event that is ``wrong`` is a change without effect, or has that of what stands in its place.
    """
    payload = event.payload
    if wrong is not None and event.number in wrong:
        right = wrong[event.number]
        if right is None:
            return replace(entity, version=entity.version + 1) if entity is not None else None
        payload = right
    if isinstance(payload, Added):
        return _added(entity, payload, event)
    if isinstance(payload, Erased | RulebookAdopted):
        kind = PERSON if isinstance(payload, Erased) else RULEBOOK
        before = entity or Entity(event.entity, kind, since=event.on)
        return replace(before, version=before.version + 1)
    if entity is None or isinstance(payload, StepRefused):
        return entity
    changed: dict[str, Any] = {}
    match payload:
        case FactRecorded(fact, value):
            changed = _with_facts(entity, {fact: value}, event)
        case StepTaken():
            changed = _stepped(entity, payload, event)
        case DeclaredComplete():
            changed = {"complete_on": event.on}
    return replace(entity, version=entity.version + 1, **changed)


def _added(entity: Entity | None, payload: Added, event: Event) -> Entity:
    if entity is not None:
        return replace(entity, title=payload.title, links=payload.links, version=entity.version + 1)
    return Entity(
        id=event.entity,
        kind=payload.kind,
        title=payload.title,
        links=payload.links,
        state=payload.state,
        version=1,
        origin=event.origin,
        since=event.on,
    )


def _with_facts(entity: Entity, values: Mapping[str, Value], event: Event, act: str = "") -> dict[str, Any]:
    """What changes of a thing when facts of it are told."""
    known = {
        fact: Known(value, event.on, event.source, event.number, entity.round, act)
        for fact, value in values.items()
    }
    return {"facts": {**entity.facts, **known}, "told": (*entity.told, *known.items())}


def _stepped(entity: Entity, payload: StepTaken, event: Event) -> dict[str, Any]:
    """What changes of a thing when it takes a step."""
    request = payload.request
    own = {} if payload.about else request.inputs
    act = Act(
        event=event.number,
        act=payload.act,
        step=request.step,
        body=request.body,
        on=request.on,
        person=request.person,
        recorder=request.recorder,
        round=entity.round,
        origin=event.origin,
        late=is_late(entity, request.on),
    )
    stays = act.late or payload.stays
    return {
        **(_with_facts(entity, own, event, payload.act) if own else {}),
        "state": entity.state if stays else payload.to_state,
        "acts": (*entity.acts, act),
        "round": entity.round + payload.new_round,
    }


def is_late(entity: Entity, on: Span) -> bool:
    """Whether an act is dated before one recorded earlier, as when minutes are entered afterwards.

    A late act counts as an act; where the item is now follows from the acts that came after it.
    """
    latest = [act.on.low for act in entity.acts if isinstance(act.on.low, date)]
    return isinstance(on.high, date) and bool(latest) and on.high < max(latest)
