"""Add events, and read them back: of one family with the group around it, or all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select, update

from governance.model import Conflict, Event, StepRefused, Text
from governance.record import Entity
from governance.store.codec import read_event, write_event, write_time
from governance.store.errors import StoreError
from governance.store.schema import events, ledger, texts, things
from governance.store.seals import TOLD

SKEW = timedelta(minutes=5)
"""How far the clocks of the machines that write may stand apart."""


def last_number(connection: Connection) -> int:
    """The number of the last event; 0 when there is none."""
    return int(connection.execute(select(ledger.c.last)).scalar_one())


def version_of(connection: Connection, id_: str) -> int:
    """The version of a thing: how many events have changed it; 0 when there is none."""
    return int(connection.execute(select(things.c.version).where(things.c.id == id_)).scalar() or 0)


def versions(connection: Connection) -> Mapping[str, int]:
    """The version of every thing by id."""
    return {row.id: row.version for row in connection.execute(select(things.c.id, things.c.version))}


def append(connection: Connection, event: Event, entity: Entity | None, seen: int) -> Event:
    """Store an event under the next number, chained to the last, with what the thing is after it.

    ``seen`` is the version the event was decided on, 0 for a thing that is new. Raises Conflict when the
    thing has another version by now. ``entity`` is None when the event leaves no such thing (a correction).
    A refusal is stored and changes no version.
    """
    last = connection.execute(select(ledger.c.last, ledger.c.head, ledger.c.at)).one()
    version = seen if isinstance(event.payload, StepRefused) else seen + 1
    at = _not_before(event.recorded_at, last)
    numbered = replace(event, number=last.last + 1, version=version, recorded_at=at)
    now: dict[str, str | int] = {"version": version, **_row(connection, entity)}
    if seen == 0:
        _insert(connection, event.entity, now)
    else:
        _change(connection, event.entity, seen, now)
    row, sealed = write_event(numbered, last.head)
    moved = {"last": numbered.number, "head": row["hash"], "at": row["recorded_at"]}
    connection.execute(update(ledger).values(moved))
    connection.execute(events.insert(), row)
    if sealed:
        connection.execute(texts.insert(), sealed)
    return replace(numbered, hash=row["hash"])


def _not_before(at: datetime, last: Row[Any, Any, Any]) -> datetime:
    """When an event is recorded: recorded time never goes back."""
    if not last.at or write_time(at) >= last.at:
        return at
    latest = datetime.fromisoformat(last.at)
    if latest - at > SKEW:
        raise StoreError(
            Text(
                f"maskinens ur viser {at:%Y-%m-%d %H:%M}, men den seneste begivenhed er fra "
                f"{latest:%Y-%m-%d %H:%M}; stil uret (tider i UTC)",
                f"the machine's clock shows {at:%Y-%m-%d %H:%M}, but the latest event is from "
                f"{latest:%Y-%m-%d %H:%M}; set the clock (times in UTC)",
            )
        )
    return latest


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


def load_all(connection: Connection, *, told: bool = True) -> tuple[Event, ...]:
    """Every event, in the order recorded; without ``told`` the findings of steps are left out."""
    return _load(connection, None, told=told)


def load_family(
    connection: Connection, id_: str, group: Iterable[str], *, told: bool = False
) -> tuple[Event, ...]:
    """The events of a thing, of the whole it belongs to with all tracks, and of all things of group kinds."""
    family = select(things.c.family).where(things.c.id == id_).scalar_subquery()
    return _load(connection, or_(things.c.family == family, things.c.kind.in_(list(group))), told=told)


def load_one(connection: Connection, number: int) -> Event | None:
    """The event of a number, if there is one."""
    found = _load(connection, events.c.number == number, told=True)
    return found[0] if found else None


def _load(connection: Connection, which: ColumnElement[bool] | None, *, told: bool) -> tuple[Event, ...]:
    rows = select(events).order_by(events.c.number)
    sealed = select(texts.c.digest, texts.c.text)
    if not told:
        sealed = sealed.where(texts.c.place != TOLD)
    if which is not None:
        of_things = things.c.id == events.c.entity
        rows = rows.join(things, of_things).where(which)
        sealed = sealed.join(events, events.c.number == texts.c.event).join(things, of_things).where(which)
    known = {row.digest: row.text for row in connection.execute(sealed)}
    return tuple(read_event(dict(row), known, told=told) for row in connection.execute(rows).mappings())
