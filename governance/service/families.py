"""The events an act is held against, folded: those of one item's family and those of the group around it."""

from __future__ import annotations

from bisect import bisect_right
from collections import ChainMap, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from governance.model import Corrected, Event, StepRefused, StepTaken
from governance.record import Entity, Record, apply, fold
from governance.vocabulary import BESIDE, GROUP_KINDS

HELD_KINDS = (*GROUP_KINDS, *BESIDE["meeting"])
"""What a long transaction keeps whole; ballots are too many, and only rounds rest on them."""


class Loaded(Protocol):
    """What is known without asking the database again."""

    @property
    def events(self) -> Sequence[Event]:
        """Every event loaded or added."""

    @property
    def record(self) -> Record:
        """Their fold."""

    @property
    def last(self) -> int:
        """The highest number among them."""

    def as_of(self, day: date | None) -> Record:
        """What had happened by the end of a day."""

    def version(self, id_: str) -> int | None:
        """How many events have changed a thing; None when none of its events is loaded."""

    def after(self, event: Event) -> Entity | None:
        """What an event makes of its thing."""

    def take(self, event: Event) -> None:
        """One event more, as it was stored."""


class Family:
    """Events loaded at one time and those added since."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.events = list(events)
        self.record: dict[str, Entity] = dict(fold(self.events))
        self.versions = {event.entity: event.version for event in self.events}

    @property
    def last(self) -> int:
        """The highest number among the events."""
        return self.events[-1].number if self.events else 0

    def as_of(self, day: date | None) -> Record:
        """What had happened by the end of a day."""
        return fold(self.events, by=day)

    def version(self, id_: str) -> int | None:
        """How many events have changed a thing; None when none of its events is loaded."""
        return self.versions.get(id_)

    def after(self, event: Event) -> Entity | None:
        """What an event makes of its thing; a correction changes what came before, so all is folded anew."""
        if isinstance(event.payload, Corrected):
            return fold((*self.events, event)).get(event.entity)
        return apply(self.record.get(event.entity), event)

    def take(self, event: Event) -> None:
        """One event more, as it was stored."""
        after = self.after(event)
        self.events.append(event)
        self.versions[event.entity] = event.version
        if after is None:
            self.record.pop(event.entity, None)
        else:
            self.record[event.entity] = after


MOST_DAYS = 32


class Group(Family):
    """The things of the group, kept for many acts: what had happened by a day is folded once a change."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__(events)
        self._begins: list[date] | None = None
        self._folded: OrderedDict[int, Record] = OrderedDict()

    def as_of(self, day: date | None) -> Record:
        """What had happened by the end of a day: the same from one date of an event to the next."""
        if self._begins is None:
            self._begins = sorted({begin for event in self.events if (begin := _begin(event)) is not None})
        point = len(self._begins) if day is None else bisect_right(self._begins, day)
        known = self._folded.pop(point, None)
        self._folded[point] = super().as_of(day) if known is None else known
        if len(self._folded) > MOST_DAYS:
            self._folded.popitem(last=False)
        return self._folded[point]

    def take(self, event: Event) -> None:
        """One event more, as it was stored."""
        super().take(event)
        self._begins = None
        self._folded.clear()


def _begin(event: Event) -> date | None:
    begin = event.on.low if event.on.low is not None else event.on.high
    return begin if isinstance(begin, date) else None


class Around:
    """One family with the group around it, kept apart so that the group is held once for all families."""

    def __init__(self, group: Group, family: Family) -> None:
        self.group, self.family = group, family
        self.record: Mapping[str, Entity] = ChainMap(family.record, group.record)

    @property
    def events(self) -> Sequence[Event]:
        """Every event loaded or added."""
        return (*self.group.events, *self.family.events)

    @property
    def last(self) -> int:
        """The highest number among the events."""
        return max(self.group.last, self.family.last)

    def as_of(self, day: date | None) -> Record:
        """What had happened by the end of a day."""
        return {**self.group.as_of(day), **self.family.as_of(day)}

    def version(self, id_: str) -> int | None:
        """How many events have changed a thing; None when none of its events is loaded."""
        known = self.family.version(id_)
        return self.group.version(id_) if known is None else known

    def after(self, event: Event) -> Entity | None:
        """What an event makes of its thing."""
        return self._home(event).after(event)

    def take(self, event: Event) -> None:
        """One event more, as it was stored; what was found of a step is not needed again."""
        if isinstance(event.payload, StepTaken | StepRefused):
            event = replace(event, payload=replace(event.payload, findings=()))
        self._home(event).take(event)

    def _home(self, event: Event) -> Family:
        if event.entity in self.group.versions:
            return self.group
        if event.entity in self.family.versions:
            return self.family
        new = self.family.after(event)
        return self.group if new is not None and new.kind in HELD_KINDS else self.family
