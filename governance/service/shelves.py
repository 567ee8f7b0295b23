"""Where items and what waits are taken from: the listing in the database, or the record of another day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Connection

from governance.model import Event, StepRefused
from governance.record import Entity, Record, fold, surroundings
from governance.rulebook import Rulebook, judged_day
from governance.service.recording import Seen
from governance.service.showing import ANSWER_FACTS, CONSULTATION, is_item
from governance.store import load_families, load_family, load_lacking, load_things, write_time
from governance.store.listed import (
    SORTS,
    Line,
    Place,
    Sought,
    Span,
    Standing,
    standing,
    standing_at,
    stretch,
    stretches,
)
from governance.store.listing import row_of
from governance.values import Span as When
from governance.vocabulary import WHOLE_GROUP

ANY_ITEM = ""
"""Stands for the kind of any item where the rules are asked what lies around it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the items found: at one state or at any, in an order, after how many of them, how many."""

    state: str
    sort: str
    down: bool
    after: int
    most: int


class Shelf(Protocol):
    """What can be asked of either."""

    def standing(self, sought: Sought) -> Standing:
        """How many of the items sought stand at each state, by kind."""

    def stretch(self, sought: Sought, asked: Stretch) -> Sequence[Line]:
        """Some of the items sought."""

    def stretches(self, sought: Sought, spans: Sequence[Span], *, down: bool) -> Mapping[str, Sequence[Line]]:
        """Stretches of several states, by number."""

    def around(self, ids: Collection[str], *, deciding: bool) -> Around:
        """Some items, with what a decision on each rests on when they are to be decided."""

    def standing_at(self, places: Collection[Place], *, after: int, most: int) -> Sequence[str]:
        """Some of the items at any of some places, by number."""

    @property
    def group(self) -> Record:
        """Everything that is no item and belongs to none."""

    @property
    def consultations(self) -> Record:
        """At least every consultation that lacks an answer, with the item it is about."""


@dataclass(frozen=True, slots=True)
class Around:
    """Items with their versions, and of each what a decision on it rests on."""

    record: Record
    versions: Mapping[str, int]
    of: Callable[[str], Record]


@dataclass(frozen=True)
class Present:
    """The listing that every event keeps: what is known and holds today."""

    connection: Connection
    book: Rulebook
    on: When

    def standing(self, sought: Sought) -> Standing:
        """How many of the items sought stand at each state, by kind; what is kept of all is read once."""
        if sought.words:
            return standing(self.connection, sought)
        return {each: many for each, many in self._all.items() if not sought.kinds or each[0] in sought.kinds}

    @cached_property
    def _all(self) -> Standing:
        return standing(self.connection, Sought())

    def stretch(self, sought: Sought, asked: Stretch) -> Sequence[Line]:
        """Some of the items sought."""
        return stretch(
            self.connection,
            sought,
            state=asked.state,
            sort=asked.sort,
            down=asked.down,
            after=asked.after,
            most=asked.most,
        )

    def stretches(self, sought: Sought, spans: Sequence[Span], *, down: bool) -> Mapping[str, Sequence[Line]]:
        """Stretches of several states, by number."""
        return stretches(self.connection, sought, spans, down=down)

    def around(self, ids: Collection[str], *, deciding: bool) -> Around:
        """Some items; to be decided, with their families, and the group where rules on items ask about it."""
        group = self._group if deciding and self.book.around(ANY_ITEM) else ()
        load = load_families if deciding else load_things
        events = {event.number: event for event in (*load(self.connection, ids), *group)}
        seen = Seen(tuple(events.values()))
        record = fold(seen.events, by=judged_day(self.on))
        return Around(record, seen.versions, surroundings(record, self.book.around))

    def standing_at(self, places: Collection[Place], *, after: int, most: int) -> Sequence[str]:
        """Some of the items at any of some places, by number."""
        return standing_at(self.connection, places, after=after, most=most)

    @cached_property
    def _group(self) -> tuple[Event, ...]:
        return load_family(self.connection, "", WHOLE_GROUP)

    @cached_property
    def group(self) -> Record:
        """Everything that is no item and belongs to none."""
        return fold(self._group, by=judged_day(self.on))

    @property
    def consultations(self) -> Record:
        """The consultations of which no fact, or a corrected one, says that they are answered."""
        return fold(load_lacking(self.connection, CONSULTATION, ANSWER_FACTS), by=judged_day(self.on))


@dataclass(frozen=True)
class Past:
    """The record read whole: what held on another day, or was known then."""

    seen: Seen
    book: Rulebook
    on: When

    @cached_property
    def record(self) -> Record:
        """What had happened by the day."""
        return fold(self.seen.events, by=judged_day(self.on))

    @property
    def items(self) -> Iterable[Entity]:
        """The items in the order entered."""
        return (each for each in self.record.values() if is_item(self.book, each))

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, Any]]:
        events = self.seen.events
        changed = {each.entity: each.number for each in events if not isinstance(each.payload, StepRefused)}
        rows = (row_of(each, changed[each.id]) for each in self.items)
        return [row for row in rows if row is not None]

    @cached_property
    def _times(self) -> Mapping[int, str]:
        return {event.number: write_time(event.recorded_at) for event in self.seen.events}

    def _found(self, sought: Sought) -> list[Mapping[str, Any]]:
        return [
            row
            for row in self._rows
            if (not sought.kinds or row["kind"] in sought.kinds)
            and all(each in row["words"] for each in sought.words)
        ]

    def standing(self, sought: Sought) -> Standing:
        """How many of the items sought stand at each state, by kind."""
        counts: dict[tuple[str, str], int] = {}
        for row in self._found(sought):
            at = (row["kind"], row["state"])
            counts[at] = counts.get(at, 0) + 1
        return counts

    def stretch(self, sought: Sought, asked: Stretch) -> Sequence[Line]:
        """Some of the items sought."""
        rows = [row for row in self._found(sought) if asked.state in ("", row["state"])]
        columns = [column.name for column in SORTS[asked.sort]]
        rows.sort(key=lambda row: [row[name] for name in columns], reverse=asked.down)
        some = rows[asked.after : asked.after + asked.most]
        return [Line(row["id"], self._times[row["changed"]]) for row in some]

    def stretches(self, sought: Sought, spans: Sequence[Span], *, down: bool) -> Mapping[str, Sequence[Line]]:
        """Stretches of several states, by number."""
        return {
            span.state: self.stretch(sought, Stretch(span.state, "number", down, span.after, span.most))
            for span in spans
        }

    def around(self, ids: Collection[str], *, deciding: bool) -> Around:
        """The items of the record, whichever are asked for; it is read already."""
        del ids, deciding
        return Around(self.record, self.seen.versions, self._surroundings)

    @cached_property
    def _surroundings(self) -> Callable[[str], Record]:
        return surroundings(self.record, self.book.around)

    def standing_at(self, places: Collection[Place], *, after: int, most: int) -> Sequence[str]:
        """Some of the items at any of some places, by number."""
        rows = [row for row in self._rows if (row["kind"], row["state"]) in places]
        rows.sort(key=lambda row: row["by_number"])
        return [row["id"] for row in rows[after : after + most]]

    @cached_property
    def group(self) -> Record:
        """Everything that is no item and belongs to none."""
        return {id_: each for id_, each in self.record.items() if each.kind in WHOLE_GROUP}

    @property
    def consultations(self) -> Record:
        """The whole record, with every consultation in it."""
        return self.record
