"""Copies of an SQLite register: taken while it is in use, looked through, and put into an empty one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from governance.model import Text
from governance.store.answers import cannot_open, shown
from governance.store.drivers import newest_sqlite
from governance.store.errors import StoreError
from governance.store.schema import accesses, accounts, events, ledger, metadata, people, sessions, settings

UNREADABLE = (11, 26)
"""SQLite's primary result codes for a file that is damaged, or no database."""

BESIDE = ("-wal", "-journal")
"""What SQLite keeps beside a file that is in use; without it the file alone is not whole."""


def copy_in_use(engine: Engine, file: Path) -> None:
    """Copy a register into a file as of one moment, whoever writes meanwhile; on disk when it returns."""
    with _told(engine, shown(engine.url)), engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        _copy(engine, source, file, shown(engine.url))


def copy_at_rest(engine: Engine, source: Path, file: Path) -> None:
    """Copy a file that nobody uses; StoreError when another file holds part of it."""
    held = [source.name + ending for ending in BESIDE if _has_content(Path(f"{source}{ending}"))]
    if held:
        raise StoreError(
            Text(
                f"{source} er ikke hel alene ({held[0]} hører til); tag kopien med `governance backup`",
                f"{source} is not whole by itself ({held[0]} belongs to it); copy with `governance backup`",
            )
        )
    with _told(engine, str(source)), closing(_open_read_only(source)) as opened:
        _copy(engine, opened, file, str(source))


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _copy(engine: Engine, source: Any, file: Path, read: str) -> None:
    module: Any = engine.dialect.loaded_dbapi
    with closing(module.connect(str(file), isolation_level=None)) as target:
        source.backup(target)  # in one step: stepwise, every write of another process begins it anew
        target.execute("PRAGMA journal_mode = DELETE")
        (found,) = target.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise StoreError(
            Text(
                f"{read} er beskadiget ({found}); brug en sikkerhedskopi",
                f"{read} is damaged ({found}); use a backup",
            )
        )
    flush(file)
    flush(file.parent)


def _open_read_only(file: Path) -> Any:
    return newest_sqlite().connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True)


@contextmanager
def looking_through(file: Path) -> Iterator[Connection]:
    """A file at rest, only to be read."""
    engine = create_engine(
        "sqlite://",
        module=newest_sqlite(),
        creator=lambda: _open_read_only(file),
        poolclass=NullPool,
        hide_parameters=True,
    )
    try:
        with _told(engine, str(file)), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def filling(engine: Engine, file: Path) -> Iterator[Connection]:
    """A transaction in which an empty register has become what the file holds.

    It is stored when the block ends, whole or not at all. StoreError when the register is not empty.
    """
    with _told(engine, shown(engine.url)), engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("ATTACH DATABASE ? AS copy", (str(file),))
        try:
            connection.execution_options(writes=True)
            with connection.begin():
                _refuse_used(connection)
                _fill(connection)
                yield connection
        finally:
            driver.execute("DETACH DATABASE copy")


def _refuse_used(connection: Connection) -> None:
    for table in (events, people, settings, accounts):
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise StoreError(
                Text(
                    "registret er ikke tomt; gendan i et nyt (--database), og lad dette stå",
                    "the register is not empty; restore into a new one (--database), and leave this one",
                )
            )


def _fill(connection: Connection) -> None:
    for table in (ledger, accesses):
        connection.execute(table.delete())
    for table in metadata.sorted_tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.execute(
            text(f'INSERT INTO main."{table.name}" ({columns}) SELECT {columns} FROM copy."{table.name}"')  # noqa: S608 - names of ours
        )
    connection.execute(sessions.delete())  # who has logged out since the copy was taken stays so


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    if os.name != "posix" and path.is_dir():
        return
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _told(engine: Engine, read: str) -> Iterator[None]:
    """Tell the driver's errors in words that name the file read."""
    module: Any = engine.dialect.loaded_dbapi
    try:
        yield
    except DBAPIError as error:
        raise _named(engine, error, read) from error
    except module.Error as error:
        raise _named(engine, DBAPIError(None, None, error), read) from error


def _named(engine: Engine, error: DBAPIError, read: str) -> StoreError:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if isinstance(code, int) and code & 0xFF in UNREADABLE:
        return StoreError(
            Text(
                f"{read} er beskadiget eller ikke en SQLite-database ({error.orig}); brug en anden fil",
                f"{read} is damaged or no SQLite database ({error.orig}); use another file",
            )
        )
    return cannot_open(engine, error, place=read)
