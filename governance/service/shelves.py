"""Where a list of items is taken from: the listing in the database, or the record of another day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Connection

from governance.model import StepRefused
from governance.record import Entity, Record, fold, surroundings
from governance.rulebook import Rulebook, judged_day
from governance.service.recording import Seen
from governance.service.showing import is_item
from governance.store import load_families, load_things, write_time
from governance.store.listed import (
    SORTS,
    Line,
    Sought,
    Span,
    Standing,
    standing,
    stretch,
    stretches,
)
from governance.store.listing import row_of
from governance.values import Span as When


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

    def around(self, lines: Collection[Line], *, deciding: bool) -> Around:
        """The items of some lines, with what a decision on each rests on when they are to be decided."""


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
        """How many of the items sought stand at each state, by kind."""
        return standing(self.connection, sought)

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

    def around(self, lines: Collection[Line], *, deciding: bool) -> Around:
        """The items of some lines; to be decided, with their families and the group."""
        ids = [line.id for line in lines]
        if not deciding:
            return self._folded(Seen(load_things(self.connection, ids)))
        kinds = sorted({kind for kind, _ in self.standing(Sought())})
        group = dict.fromkeys(each for kind in kinds for each in self.book.around(kind))
        return self._folded(Seen(load_families(self.connection, ids, list(group))))

    def _folded(self, seen: Seen) -> Around:
        record = fold(seen.events, by=judged_day(self.on))
        return Around(record, seen.versions, surroundings(record, self.book.around))


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

    def around(self, lines: Collection[Line], *, deciding: bool) -> Around:
        """The items of the record, whichever are asked for; it is read already."""
        del lines, deciding
        return Around(self.record, self.seen.versions, surroundings(self.record, self.book.around))
