"""Who read or tried what, and for how long that is kept: beside the record, and no part of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select

from governance.store.erasing import overwrite_what_is_deleted
from governance.store.persons import is_ref
from governance.store.schema import accesses, settings, things

SHORT_WAIT = 2_000
"""Milliseconds to wait for a writer: whoever reads has their answer and should not wait for the log."""


@dataclass(frozen=True, slots=True)
class Access:
    """A line of the access log: when (UTC), who did what to which thing, and how it went."""

    at: str
    who: str
    did: str
    what: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting from a date on, with who set it and why."""

    name: str
    from_: str
    value: str
    by: str
    reason: str
    at: str


@contextmanager
def writing_beside(engine: Engine) -> Iterator[Connection]:
    """A short transaction that takes no lock of the record's, and waits only briefly for others to finish."""
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        if engine.dialect.name != "sqlite":
            with connection.begin():
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {SHORT_WAIT}")
                yield connection
            return
        raw: Any = connection.connection.driver_connection
        (wait,) = raw.execute("PRAGMA busy_timeout").fetchone()
        raw.execute(f"PRAGMA busy_timeout = {SHORT_WAIT}")
        try:
            with connection.begin():
                yield connection
        finally:
            raw.execute(f"PRAGMA busy_timeout = {wait}")


def write_access(connection: Connection, access: Access) -> None:
    """Add a line. What was asked for is noted only when it is a thing or a reference: never a name."""
    known = access.what if _is_known(connection, access.what) else ""
    row = {"at": access.at, "who": access.who, "did": access.did, "what": known, "outcome": access.outcome}
    connection.execute(insert(accesses), row)


def _is_known(connection: Connection, what: str) -> bool:
    if not what or is_ref(what):
        return bool(what)
    return connection.execute(select(things.c.id).where(things.c.id == what)).first() is not None


def load_accesses(
    connection: Connection, *, since: str, before: str, what: Collection[str] | None, did: Collection[str]
) -> tuple[Access, ...]:
    """The lines between two moments; with ``what``, those of these things or of one of the acts ``did``."""
    found = select(accesses).where(accesses.c.at >= since, accesses.c.at < before)
    if what is not None:
        found = found.where(or_(accesses.c.what.in_(list(what)), accesses.c.did.in_(list(did))))
    return tuple(
        Access(row.at, row.who, row.did, row.what, row.outcome)
        for row in connection.execute(found.order_by(accesses.c.id))
    )


@dataclass(frozen=True, slots=True)
class AccessesWanted:
    """Which lines are asked for; what is empty asks for any. ``since`` and ``until`` are stored moments."""

    who: tuple[str, ...] = ()
    what: str = ""
    since: str = ""
    until: str = ""
    below: int = 0


def load_access_page(
    connection: Connection, wanted: AccessesWanted, most: int
) -> tuple[tuple[int, Access], ...]:
    """The newest lines asked for, at most so many, each with its number, the newest first."""
    asked = [
        (accesses.c.who.in_(wanted.who), wanted.who),
        (accesses.c.what == wanted.what, wanted.what),
        (accesses.c.at >= wanted.since, wanted.since),
        (accesses.c.at < wanted.until, wanted.until),
        (accesses.c.id < wanted.below, wanted.below),
    ]
    found = select(accesses).where(*(condition for condition, given in asked if given))
    return tuple(
        (row.id, Access(row.at, row.who, row.did, row.what, row.outcome))
        for row in connection.execute(found.order_by(accesses.c.id.desc()).limit(most))
    )


def count_accesses(connection: Connection, before: str) -> int:
    """How many lines are older than a moment."""
    older = select(func.count()).select_from(accesses).where(accesses.c.at < before)
    return int(connection.execute(older).scalar_one())


def purge_accesses(connection: Connection, before: str) -> int:
    """Remove the lines older than a moment, and overwrite them where the database can; gives how many."""
    overwrite_what_is_deleted(connection)
    return connection.execute(delete(accesses).where(accesses.c.at < before)).rowcount


def load_settings(connection: Connection, name: str) -> tuple[Setting, ...]:
    """What a setting is and will be, by date."""
    found = select(settings).where(settings.c.name == name).order_by(settings.c.from_)
    return tuple(
        Setting(row.name, row.from_, row.value, row.by, row.reason, row.at)
        for row in connection.execute(found)
    )


def write_setting(connection: Connection, setting: Setting) -> None:
    """Set something from a date on."""
    row = {"name": setting.name, "from_": setting.from_, "value": setting.value}
    row |= {"by": setting.by, "reason": setting.reason, "at": setting.at}
    connection.execute(insert(settings), row)
