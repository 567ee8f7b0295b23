"""What a list of items is sought, sorted and paged by: a row an item, kept beside the chain by every event.

It follows from the events and can be made anew from them; `governance audit verify` holds it against them. A
title stands in it in small letters, so erasing the title's text writes the row anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import BindParameter, Connection, Label, bindparam, delete, func, select, text

from governance.record import PERSON, RULEBOOK, Entity, fold
from governance.store.codec import read_event
from governance.store.schema import events, listing, tallies, texts, things
from governance.store.traces import folded
from governance.vocabulary import RECORDED_KINDS

UNLISTED = frozenset({*RECORDED_KINDS, PERSON, RULEBOOK})
"""The kinds of things that are no items."""

MOST_OF_A_TITLE = 80
"""How many letters of a title count when items are sorted by it."""

AT_A_TIME = 500
APART = "\x1f"
"""Stands between the parts of a row's text: no title or number holds it."""

_DANISH = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})
_DIGITS = re.compile(r"(\d+)", re.ASCII)
_ENTITLED = ("added", "corrected")

_SHOW = text(
    "INSERT INTO listing (id, kind, state, by_number, by_title, words, changed) "
    "VALUES (:id, :kind, :state, :by_number, :by_title, :words, :changed) "
    "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state, "
    "by_title = excluded.by_title, words = excluded.words, changed = excluded.changed"
)
_HIDE = delete(listing).where(listing.c.id == bindparam("gone"))
_COUNT = text(
    "INSERT INTO tallies (kind, state, number) VALUES (:kind, :state, :more) "
    "ON CONFLICT (kind, state) DO UPDATE SET number = tallies.number + excluded.number"
)

Standing = tuple[str | None, str | None]
"""The kind and state an item is listed with; twice None for what is not listed."""


def listed_as(id_: BindParameter[str]) -> tuple[Label[str], Label[str]]:
    """How a thing is listed now, as parts of another question: ``kind`` and ``state``."""
    kind, state = (
        select(column).where(listing.c.id == id_).scalar_subquery().label(column.name)
        for column in (listing.c.kind, listing.c.state)
    )
    return kind, state


def list_item(connection: Connection, id_: str, now: Entity | None, changed: int, before: Standing) -> None:
    """List a thing as it is after an event that changed it; nothing happens for what is no item."""
    row = row_of(now, changed) if now is not None else None
    if row is not None:
        connection.execute(_SHOW, row)
    elif before[0] is not None:
        connection.execute(_HIDE, {"gone": id_})
    after: Standing = (row["kind"], row["state"]) if row is not None else (None, None)
    moved = [
        {"kind": kind, "state": state, "more": more}
        for (kind, state), more in ((before, -1), (after, 1))
        if kind is not None and before != after
    ]
    if moved:
        connection.execute(_COUNT, sorted(moved, key=lambda each: -int(str(each["more"]))))


def row_of(entity: Entity, changed: int) -> dict[str, Any] | None:
    """The row of an item; None for a thing that is none. ``changed`` is the last event that changed it."""
    if entity.kind in UNLISTED:
        return None
    title = folded(entity.title)
    return {
        "id": entity.id,
        "kind": entity.kind,
        "state": entity.state,
        "by_number": by_number(entity.id),
        "by_title": in_danish_order(title)[:MOST_OF_A_TITLE],
        "words": f"{title}{APART}{folded(entity.id)}",
        "changed": changed,
    }


def by_number(id_: str) -> str:
    """What ids are sorted by: their numbers by size, their letters as Danes have them, then the id itself."""
    parts = _DIGITS.split(in_danish_order(folded(id_)))
    sized = [f"{len(each.lstrip('0')):03}{each.lstrip('0')}" if each.isdigit() else each for each in parts]
    return f"{''.join(sized)}{APART}{id_}"


def in_danish_order(said: str) -> str:
    """A folded text such that code points stand as Danes sort letters: æ, ø and å last, accents left out."""
    plain = unicodedata.normalize("NFD", said.translate(_DANISH))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def list_anew(connection: Connection, ids: Collection[str]) -> None:
    """Write the rows of some items anew, as when the text of a title was erased."""
    for row in _rows(connection, ids):
        connection.execute(_SHOW, row)


def list_all(connection: Connection) -> None:
    """Make the whole listing anew from the events, as when the tables were changed."""
    connection.execute(delete(listing))
    connection.execute(delete(tallies))
    known = select(things.c.id).where(things.c.kind.not_in(sorted(UNLISTED))).order_by(things.c.id)
    ids = list(connection.execute(known).scalars())
    standing: Counter[tuple[str, str]] = Counter()
    for begin in range(0, len(ids), AT_A_TIME):
        rows = list(_rows(connection, ids[begin : begin + AT_A_TIME]))
        if rows:
            connection.execute(_SHOW, rows)
        standing.update((row["kind"], row["state"]) for row in rows)
    for (kind, state), number in sorted(standing.items()):
        connection.execute(_COUNT, {"kind": kind, "state": state, "more": number})


def _rows(connection: Connection, ids: Collection[str]) -> Iterator[dict[str, Any]]:
    """The rows of some things that are items, from their states and what their titles were told to be."""
    some = list(ids)
    own = select(events).where(events.c.entity.in_(some), events.c.kind.in_(_ENTITLED))
    sealed = select(texts.c.digest, texts.c.text).join(events, events.c.number == texts.c.event)
    titles = connection.execute(sealed.where(events.c.entity.in_(some), texts.c.place == "title"))
    known = {row.digest: row.text for row in titles}
    rows = connection.execute(own.order_by(events.c.number)).mappings()
    entitled = fold(read_event(dict(row), known, told=False) for row in rows)
    changes = select(events.c.entity, func.max(events.c.number).label("changed"))
    changes = changes.where(events.c.entity.in_(some), events.c.kind != "refused").group_by(events.c.entity)
    changed = {row.entity: row.changed for row in connection.execute(changes)}
    for thing in connection.execute(select(things.c.id, things.c.state).where(things.c.id.in_(some))):
        entity = entitled.get(thing.id)
        row = row_of(entity, changed[thing.id]) if entity is not None else None
        if row is not None:
            yield {**row, "state": thing.state}
