"""Add events, and read them back: of one family with the group around it, or all."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from governance.model import Added, Conflict, Corrected, Event, FactRecorded, StepRefused, Text
from governance.record import Entity
from governance.store.codec import KINDS, read_event, write_event, write_time
from governance.store.errors import StoreError
from governance.store.listing import list_item, listed_as
from governance.store.schema import events, ledger, texts, things
from governance.store.seals import TOLD

SKEW = timedelta(minutes=5)
"""How far the clocks of the machines that write may stand apart."""

Found = tuple[Select[Any], Select[Any]]
"""The statement for events, and that for their texts."""

_LAST = select(ledger.c.last, ledger.c.head, ledger.c.at, *listed_as(bindparam("thing")))
_MOVE = update(ledger)
_KIND = select(things.c.kind).where(things.c.id == bindparam("thing"))
_VERSION = select(things.c.version).where(things.c.id == bindparam("thing"))
_CHANGE = update(things).where(things.c.id == bindparam("thing"), things.c.version == bindparam("seen"))
_ENTER, _ADD, _SEAL = things.insert(), events.insert(), texts.insert()


def last_number(connection: Connection) -> int:
    """The number of the last event; 0 when there is none."""
    return int(connection.execute(select(ledger.c.last)).scalar_one())


def last_recorded(connection: Connection) -> datetime | None:
    """When the last event was recorded; None when there is none."""
    at = connection.execute(select(ledger.c.at)).scalar_one()
    return datetime.fromisoformat(at) if at else None


def version_of(connection: Connection, id_: str) -> int:
    """The version of a thing: how many events have changed it; 0 when there is none."""
    return int(connection.execute(_VERSION, {"thing": id_}).scalar() or 0)


def versions(connection: Connection) -> Mapping[str, int]:
    """The version of every thing by id."""
    return {row.id: row.version for row in connection.execute(select(things.c.id, things.c.version))}


def append(connection: Connection, event: Event, entity: Entity | None, seen: int) -> Event:
    """Store an event under the next number, chained to the last, with what the thing is after it.

    ``seen`` is the version the event was decided on, 0 for a thing that is new. Raises Conflict when the
    thing has another version by now. ``entity`` is None when the event leaves no such thing (a correction).
    A refusal is stored and changes no version.
    """
    last = connection.execute(_LAST, {"thing": event.entity}).one()
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
    connection.execute(_MOVE, moved)
    connection.execute(_ADD, row)
    if sealed:
        connection.execute(_SEAL, sealed)
    if version != seen:
        list_item(connection, event.entity, entity, numbered.number, (last.kind, last.state))
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
    current = connection.execute(_VERSION, {"thing": id_}).scalar()
    if current is not None:
        raise Conflict(id_, 0, current)
    connection.execute(_ENTER, {"id": id_, **row})


def _change(connection: Connection, id_: str, seen: int, row: Mapping[str, str | int]) -> None:
    changed = connection.execute(_CHANGE, {"thing": id_, "seen": seen, **row})
    if changed.rowcount != 1:
        current = connection.execute(_VERSION, {"thing": id_}).scalar()
        raise Conflict(id_, seen, current or 0)


def load_all(connection: Connection, *, told: bool = True) -> tuple[Event, ...]:
    """Every event, in the order recorded; without ``told`` the findings of steps are left out."""
    return _load(connection, None, told=told)


def load_family(
    connection: Connection, id_: str, group: Iterable[str], *, told: bool = False
) -> tuple[Event, ...]:
    """The events of a thing, of the whole it belongs to with all tracks, and of all things of group kinds.

    With ``told``, the thing's own steps have their findings; those of the others are left out.
    """
    kinds = list(group)
    told_of = id_ if told else None
    found = _family(around=bool(kinds), told_of=told_of is not None)
    return _read(connection, found, {"thing": id_, "kinds": kinds}, told=told_of)


@cache
def _family(*, around: bool, told_of: bool) -> Found:
    """The statements of a family, made once: every act begins with them."""
    family = select(things.c.family).where(things.c.id == bindparam("thing")).scalar_subquery()
    which = things.c.family == family
    if around:
        which = or_(which, things.c.kind.in_(bindparam("kinds", expanding=True)))
    return _found(which, events.c.entity == bindparam("thing") if told_of else false())


def load_families(connection: Connection, ids: Collection[str]) -> tuple[Event, ...]:
    """The events of some things and of the wholes they are part of."""
    families = select(things.c.family).where(things.c.id.in_(list(ids)))
    return _load(connection, things.c.family.in_(families), told=False)


def load_lacking(connection: Connection, kind: str, facts: Collection[str]) -> tuple[Event, ...]:
    """The events of things of a kind that may lack each of some facts, and of the wholes they are part of.

    A thing of which something was corrected is among them, whatever was told of it before.
    """
    asked, own = things.alias(), events.alias()
    naming = [own.c.payload.contains(f'"fact":"{each}"', autoescape=True) for each in facts]
    told, corrected = (
        exists().where(own.c.entity == asked.c.id, which).correlate(asked)
        for which in (
            and_(own.c.kind == KINDS[FactRecorded], or_(*naming)),
            own.c.kind == KINDS[Corrected],
        )
    )
    families = select(asked.c.family).where(asked.c.kind == kind, or_(~told, corrected))
    return _load(connection, things.c.family.in_(families), told=False)


def kind_of(connection: Connection, id_: str) -> str:
    """The kind of a thing; empty when there is none."""
    return connection.execute(_KIND, {"thing": id_}).scalar() or ""


def load_things(connection: Connection, ids: Collection[str], *, told: bool = False) -> tuple[Event, ...]:
    """The events of some things; with ``told``, their steps have their findings."""
    return _load(connection, things.c.id.in_(list(ids)), told=told)


def load_one(connection: Connection, number: int) -> Event | None:
    """The event of a number, if there is one."""
    found = _load(connection, events.c.number == number, told=True)
    return found[0] if found else None


def load_linking(connection: Connection, id_: str) -> tuple[Event, ...]:
    """The events of every thing that may link to one: that were entered with its id in what was said."""
    quoted = json.dumps(id_, ensure_ascii=False)
    entered = events.alias()
    naming = entered.c.payload.contains(quoted, autoescape=True)
    ids = select(entered.c.entity).where(entered.c.kind == KINDS[Added], naming)
    return _load(connection, things.c.id.in_(ids), told=False)


def load_between(connection: Connection, low: int, high: int) -> tuple[Event, ...]:
    """The events of the numbers from one to another, with everything that was told."""
    return _load(connection, events.c.number.between(low, high), told=True)


def load_numbered(connection: Connection, numbers: Collection[int], *, told: bool) -> tuple[Event, ...]:
    """The events of some numbers; with ``told``, their findings."""
    return _load(connection, events.c.number.in_(list(numbers)), told=told)


def load_of(connection: Connection, kind: str, ids: Collection[str]) -> tuple[Event, ...]:
    """The events of one kind about some things."""
    return _load(connection, and_(events.c.kind == kind, events.c.entity.in_(list(ids))), told=False)


def load_corrections(connection: Connection) -> tuple[Event, ...]:
    """Every event that corrects another."""
    return _load(connection, events.c.kind == "corrected", told=False)


def ids_as_entered(connection: Connection, kinds: Collection[str]) -> tuple[str, ...]:
    """The ids of the things of some kinds, in the order they were entered."""
    known = select(things.c.id).join(events, events.c.entity == things.c.id)
    known = known.where(things.c.kind.in_(list(kinds))).group_by(things.c.id)
    return tuple(connection.execute(known.order_by(func.min(events.c.number))).scalars())


def ids_of(connection: Connection, kinds: Collection[str] | None = None) -> tuple[str, ...]:
    """The ids of all things, or of those of some kinds, in their order."""
    known = select(things.c.id).order_by(things.c.id)
    if kinds is not None:
        known = known.where(things.c.kind.in_(list(kinds)))
    return tuple(connection.execute(known).scalars())


def _load(connection: Connection, which: ColumnElement[bool] | None, *, told: bool) -> tuple[Event, ...]:
    return _read(connection, _found(which, true() if told else false()), {}, told=told)


def _found(which: ColumnElement[bool] | None, told: ColumnElement[bool]) -> Found:
    """The statements for events and for their texts; the findings of those that are ``told``."""
    rows = select(events).order_by(events.c.number)
    sealed = select(texts.c.digest, texts.c.text).where(or_(texts.c.place != TOLD, told))
    if which is not None:
        of_things = things.c.id == events.c.entity
        rows = rows.join(things, of_things).where(which)
        sealed = sealed.join(events, events.c.number == texts.c.event).join(things, of_things).where(which)
    return rows, sealed


def _read(
    connection: Connection, found: Found, parameters: Mapping[str, Any], *, told: bool | str | None
) -> tuple[Event, ...]:
    """Events with their texts; with the findings of all, of none, or of the one thing that ``told`` names."""
    rows, sealed = found
    known = {row.digest: row.text for row in connection.execute(sealed, parameters)}
    result = connection.execute(rows, parameters)
    names = tuple(result.keys())
    read = (dict(zip(names, row, strict=True)) for row in result)
    return tuple(read_event(row, known, told=told is True or row["entity"] == told) for row in read)
