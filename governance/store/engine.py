"""Engine and transactions: SQLite with a real write lock and commits on disk, PostgreSQL through psycopg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from governance.model import Text
from governance.store.errors import StoreError
from governance.store.schema import ledger

BUSY_SECONDS = 30
SAFE_WAL = (3, 51, 3)  # older ones can corrupt a WAL database when two connections checkpoint at once


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql://…``; StoreError when the address cannot be used."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(
            Text(
                "databasens adresse kan ikke læses; skriv for eksempel sqlite:///governance.sqlite",
                "the database address cannot be read; write for example sqlite:///governance.sqlite",
            )
        ) from None
    backend = address.get_backend_name()
    if backend == "sqlite":
        return _sqlite(address)
    if backend in ("postgresql", "postgres"):
        return _postgresql(address)
    raise StoreError(
        Text(
            f"databasen `{backend}` kendes ikke; brug sqlite eller postgresql",
            f"the database `{backend}` is not known; use sqlite or postgresql",
        )
    )


def _sqlite(address: URL) -> Engine:
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy begins; the driver must not do it as well, and later
        version = tuple(map(int, connection.execute("SELECT sqlite_version()").fetchone()[0].split(".")))
        connection.execute("PRAGMA foreign_keys = ON")
        mode, sync = ("WAL", "FULL") if version >= SAFE_WAL else ("DELETE", "EXTRA")
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute(f"PRAGMA synchronous = {sync}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(address: URL) -> Engine:
    try:
        return create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise StoreError(
            Text(
                "PostgreSQL kræver psycopg: installér dubu-governance[postgres]",
                "PostgreSQL needs psycopg: install dubu-governance[postgres]",
            )
        ) from None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one moment of the database."""
    with _answering(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is alone in writing until it ends; stores everything or, on an exception, nothing.

    Waiting for the lock before anything is read is what keeps a decision from resting on a record that
    another writer is changing, also where the two concern different things.
    """
    with _answering(engine), engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name != "sqlite":
                connection.execute(update(ledger).values(last=ledger.c.last))
            yield connection


@contextmanager
def _answering(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise cannot_open(engine, error) from error


def cannot_open(engine: Engine, error: DBAPIError) -> StoreError:
    """The sentence for a database that does not answer; never with its password."""
    shown = engine.url.render_as_string(hide_password=True)
    why = str(error.orig).splitlines()[0] if error.orig is not None else ""
    return StoreError(
        Text(
            f"databasen {shown} kan ikke bruges ({why})",
            f"the database {shown} cannot be used ({why})",
        )
    )
