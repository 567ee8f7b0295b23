"""The two drivers: which one, with which settings, and that every connection has taken them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from importlib import import_module
from time import monotonic, sleep
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import NoSuchModuleError

from governance.model import Text
from governance.store.answers import shown
from governance.store.errors import StoreError

BUSY_SECONDS = 30
SETTLING, PAUSE = 2.0, 0.01
"""How many seconds others may take to choose a new file's journal, and how often to look."""
SAFE_WAL = (3, 51, 3)  # older ones can corrupt a WAL database when two connections checkpoint at once

Settings = Mapping[str, str]


def sqlite_engine(address: URL) -> Engine:
    """SQLite on a file, or in memory. ``sqlite+pysqlite`` is always the standard library's own."""
    module = sqlite3 if address.drivername == "sqlite+pysqlite" else newest_sqlite()
    engine = create_engine(
        address, module=module, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
    )
    in_memory = address.database in (None, "", ":memory:")
    wanted = sqlite_settings(version_of(module), in_memory=in_memory)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins; the driver must not do it as well, and later
        try:
            _prepare_sqlite(connection, wanted, address)
        except BaseException:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def newest_sqlite() -> ModuleType:
    """The standard library's SQLite, or that of pysqlite3 where it is installed and newer.

    Never both on one file in one process: closing it in one would drop the locks of the other.
    """
    try:
        other = import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3
    return other if version_of(other) > version_of(sqlite3) else sqlite3


def version_of(module: ModuleType) -> tuple[int, ...]:
    """The version of the SQLite a module brings."""
    return tuple(map(int, module.sqlite_version.split(".")))


def sqlite_settings(version: tuple[int, ...], *, in_memory: bool = False) -> Settings:
    """What every connection must have: a commit that is answered is on disk, whichever journal it goes by."""
    mode, synchronous = ("wal", "2") if version >= SAFE_WAL else ("delete", "3")
    return {
        "busy_timeout": str(BUSY_SECONDS * 1000),
        "foreign_keys": "1",
        "journal_mode": "memory" if in_memory else mode,
        "synchronous": synchronous,
    }


def _prepare_sqlite(connection: Any, wanted: Settings, address: URL) -> None:
    def pragma(words: str) -> str:
        row = connection.execute(f"PRAGMA {words}").fetchone()
        return "" if row is None else str(row[0]).lower()

    for name, value in wanted.items():
        if pragma(name) == value or (name == "journal_mode" and _is_others(connection)):
            continue
        _set_once_free(connection, f"PRAGMA {name} = {value}")
        found = pragma(name)
        if found != value:
            raise _not_taken(address, name, found, value)


def _set_once_free(connection: Any, words: str) -> None:
    """Try a setting until nobody is in the way: SQLite does not wait for who changes the journal too."""
    until = monotonic() + SETTLING
    while True:
        try:
            connection.execute(words).fetchone()
        except connection.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                return
            sleep(PAUSE)
        else:
            return


def _is_others(connection: Any) -> bool:
    """Whether the tables are somebody else's, who keep the journal they chose: `upgrade` refuses them."""
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return bool(names) and "alembic_version" not in names


def postgresql_engine(address: URL) -> Engine:
    """PostgreSQL through psycopg 3; StoreError when that is not installed."""
    try:
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
    except (NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(
            Text(
                "PostgreSQL kræver psycopg: installér dubu-governance[postgres]",
                "PostgreSQL needs psycopg: install dubu-governance[postgres]",
            )
        ) from None

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.autocommit = True
        with closing(connection.cursor()) as cursor:
            for name, value in POSTGRESQL.items():
                cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
            for name, value in POSTGRESQL.items():
                found = cursor.execute("SELECT current_setting(%s)", (name,)).fetchone()[0]
                if found != value:
                    connection.close()
                    raise _not_taken(address, name, found, value)
        connection.autocommit = False

    return engine


POSTGRESQL: Settings = {
    "synchronous_commit": "on",
    "lock_timeout": f"{BUSY_SECONDS}s",
    "default_transaction_isolation": "read committed",
}
"""Writers queue on one row: a stricter isolation would fail those that waited."""


def _not_taken(address: URL, name: str, found: str, wanted: str) -> StoreError:
    place = shown(address)
    return StoreError(
        Text(
            f"databasen {place} kan ikke bruges sikkert: {name} er {found}, men skal være {wanted}; luk "
            "andre programmer, der bruger den, og lad den ligge på en lokal disk, der kan skrives",
            f"the database {place} cannot be used safely: {name} is {found}, but must be {wanted}; close "
            "other programs that use it, and keep it on a local disk that can be written",
        )
    )
