"""Add events, and read them back: of one family with the group around it, or all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, or_, select, update

from governance.model import Conflict, Event, StepRefused
from governance.record import Entity
from governance.store.codec import read_event, write_event
from governance.store.schema import events, ledger, things


def last_number(connection: Connection) -> int:
    """The number of the last event; 0 when there is none."""
    return int(connection.execute(select(ledger.c.last)).scalar_one())


def versions(connection: Connection, ids: Iterable[str] | None = None) -> Mapping[str, int]:
    """The version of things by id: how many events have changed each."""
    query = select(things.c.id, things.c.version)
    if ids is not None:
        query = query.where(things.c.id.in_(list(ids)))
    return {row.id: row.version for row in connection.execute(query)}


def append(connection: Connection, event: Event, entity: Entity | None, seen: int) -> tuple[Event, int]:
    """Store an event under the next number, with what the thing is after it; gives the event and the version.

    ``seen`` is the version the event was decided on, 0 for a thing that is new. Raises Conflict when the
    thing has another version by now. ``entity`` is None when the event leaves no such thing (a correction).
    A refusal is stored and changes no version.
    """
    number = last_number(connection) + 1
    connection.execute(update(ledger).values(last=number))
    numbered = replace(event, number=number)
    version = seen if isinstance(event.payload, StepRefused) else seen + 1
    now: dict[str, str | int] = {"version": version, **_row(connection, entity)}
    if seen == 0:
        _insert(connection, event.entity, now)
    else:
        _change(connection, event.entity, seen, now)
    connection.execute(events.insert(), write_event(numbered))
    return numbered, version


def _row(connection: Connection, entity: Entity | None) -> Mapping[str, str]:
    """What the thing is now; a thing that a correction took away has no state."""
    if entity is None:
        return {"state": ""}
    whole = entity.links.get("parent") or entity.links.get("item")
    family = (
        connection.execute(select(things.c.family).where(things.c.id == whole)).scalar() if whole else None
    )
    return {"kind": entity.kind, "family": family or entity.id, "state": entity.state}


def _insert(connection: Connection, id_: str, row: Mapping[str, str | int]) -> None:
    current = connection.execute(select(things.c.version).where(things.c.id == id_)).scalar()
    if current is not None:
        raise Conflict(id_, 0, current)
    connection.execute(things.insert(), {"id": id_, **row})


def _change(connection: Connection, id_: str, seen: int, row: Mapping[str, str | int]) -> None:
    changed = connection.execute(
        update(things).where(things.c.id == id_, things.c.version == seen).values(**row)
    )
    if changed.rowcount != 1:
        current = connection.execute(select(things.c.version).where(things.c.id == id_)).scalar()
        raise Conflict(id_, seen, current or 0)


def load_all(connection: Connection) -> tuple[Event, ...]:
    """Every event, in the order recorded."""
    rows = connection.execute(select(events).order_by(events.c.number)).mappings()
    return tuple(read_event(dict(row)) for row in rows)


def load_family(connection: Connection, id_: str, group: Iterable[str]) -> tuple[Event, ...]:
    """The events of a thing, of the whole it belongs to with all tracks, and of all things of group kinds."""
    family = select(things.c.family).where(things.c.id == id_).scalar_subquery()
    query = (
        select(events)
        .join(things, things.c.id == events.c.entity)
        .where(or_(things.c.family == family, things.c.kind.in_(list(group))))
        .order_by(events.c.number)
    )
    return tuple(read_event(dict(row)) for row in connection.execute(query).mappings())
