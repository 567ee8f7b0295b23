"""Take somebody out of the database; `governance.store.sweeping` makes that true in its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from governance.store.listing import list_anew
from governance.store.schema import accesses, keys, people, settings, texts, tokens
from governance.store.seals import ERASED
from governance.store.traces import FORGOTTEN, Traces, Words, occur_in

TITLE = "title"
OWED = "sweep-owed"
"""The setting that stands while an erasure has not yet reached the files; it says since when."""


def remove(connection: Connection, ref: str, traces: Traces, sought: Words) -> None:
    """Remove a person, the texts that say something of them and the keys that could betray a name.

    A key that stays forgets what was said with it, so that a retry is refused and stores nothing twice. In
    the access log and the settings the word for what was erased takes the place of a text with the name.
    """
    overwrite_what_is_deleted(connection)
    connection.execute(delete(people).where(people.c.ref == ref))
    _delete(connection, texts.c.digest, [trace.digest for trace in traces.texts])
    list_anew(connection, {trace.entity for trace in traces.texts if trace.place == TITLE})
    _delete(connection, keys.c.key, traces.keys)
    forget = update(keys).where(keys.c.key == bindparam("kept")).values(content=FORGOTTEN)
    if traces.answered:
        connection.execute(forget, [{"kept": key} for key in traces.answered])
    found = select(accesses).where(accesses.c.id == bindparam("sought"))
    for id_ in traces.accesses:
        row = connection.execute(found, {"sought": id_}).one()
        kept = {name: _without(getattr(row, name), sought) for name in ("who", "what")}
        connection.execute(update(accesses).where(accesses.c.id == id_).values(**kept))
    for name, from_ in traces.settings:
        which = (settings.c.name == name, settings.c.from_ == from_)
        connection.execute(update(settings).where(*which).values(reason=ERASED))
    for token in traces.tokens:
        connection.execute(update(tokens).where(tokens.c.id == token).values(name=ERASED))


def overwrite_what_is_deleted(connection: Connection) -> None:
    """Let SQLite overwrite what this connection deletes from now on."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def owe_sweep(connection: Connection, at: str) -> None:
    """Note that the files are still to be swept."""
    connection.execute(delete(settings).where(settings.c.name == OWED))
    row = {"name": OWED, "from_": at[:10], "value": "", "by": "", "reason": "", "at": at}
    connection.execute(settings.insert(), row)


def sweep_owed(connection: Connection) -> str:
    """Since when an erasure has not reached the files; nothing when all have."""
    return connection.execute(select(settings.c.at).where(settings.c.name == OWED)).scalar() or ""


def pay_sweep(connection: Connection, at: str) -> None:
    """Note that the files are swept of what was erased until then."""
    connection.execute(delete(settings).where(settings.c.name == OWED, settings.c.at <= at))


def _delete(connection: Connection, column: Any, which: Sequence[str]) -> None:
    if which:
        statement = delete(column.table).where(column == bindparam("gone"))
        connection.execute(statement, [{"gone": each} for each in which])


def _without(text: str, sought: Words) -> str:
    return ERASED if occur_in(sought, text) else text
