"""The record a page at a time, newest first: which events are asked for, and what stands beside one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from governance.store.schema import events, things


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for; what is empty asks for any.

    ``recorders`` are references, ``since`` and ``before`` moments as they are stored, ``below`` a number.
    """

    entity: str = ""
    kind: str = ""
    recorders: tuple[str, ...] = ()
    since: str = ""
    before: str = ""
    below: int = 0

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as the database understands it."""
        asked = [
            (events.c.entity == self.entity, self.entity),
            (events.c.kind == self.kind, self.kind),
            (events.c.recorder.in_(self.recorders), self.recorders),
            (events.c.recorded_at >= self.since, self.since),
            (events.c.recorded_at < self.before, self.before),
            (events.c.number < self.below, self.below),
        ]
        return [condition for condition, given in asked if given]


@dataclass(frozen=True, slots=True)
class Stored:
    """What of an event stands only in its row: the hash before it and the digest of its rulebook."""

    previous: str
    rulebook: str


def page_of(connection: Connection, wanted: Wanted, most: int) -> tuple[int, ...]:
    """The numbers of the newest events asked for, at most so many, the newest first."""
    found = select(events.c.number).where(*wanted.conditions()).order_by(events.c.number.desc()).limit(most)
    return tuple(connection.execute(found).scalars())


def kinds_of(connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    """The kind of each of some things."""
    found = select(things.c.id, things.c.kind).where(things.c.id.in_(list(ids)))
    return {row.id: row.kind for row in connection.execute(found)}


def stored_of(connection: Connection, number: int) -> Stored | None:
    """What stands in the row of an event, if there is one."""
    found = select(events.c.previous, events.c.rulebook).where(events.c.number == number)
    row = connection.execute(found).first()
    return Stored(row.previous, row.rulebook) if row is not None else None
