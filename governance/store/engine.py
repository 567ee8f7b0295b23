"""Engine and transactions: SQLite with a real write lock and commits on disk, PostgreSQL through psycopg."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from governance.model import Text
from governance.store.answers import BUSY, cannot_open
from governance.store.drivers import postgresql_engine, sqlite_engine
from governance.store.errors import StoreError
from governance.store.schema import ledger

_QUEUE = update(ledger).values(last=ledger.c.last)


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
        return sqlite_engine(address)
    if backend in ("postgresql", "postgres"):
        return postgresql_engine(address)
    raise StoreError(
        Text(
            f"databasen `{backend}` kendes ikke; brug sqlite eller postgresql",
            f"the database `{backend}` is not known; use sqlite or postgresql",
        )
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one moment of the database."""
    with _answering(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, *, queued: bool = True) -> Iterator[Connection]:
    """A transaction that is alone in writing until it ends; stores everything or, on an exception, nothing.

    Waiting for the lock before anything is read is what keeps a decision from resting on a record that
    another writer is changing, also where the two concern different things. A lost answer to COMMIT is a
    StoreError of unknown outcome. One that is not ``queued`` touches nothing of the record, and waits for its
    writers only where the database has one for all.
    """
    with _answering(engine) as stage, engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            if queued and engine.dialect.name != "sqlite":
                connection.execute(_QUEUE)
            yield connection
            stage.add("commit")


@contextmanager
def _answering(engine: Engine) -> Iterator[set[str]]:
    """Tell the driver's errors in words; who enters says when it has come to its ``commit``."""
    stage: set[str] = set()
    try:
        yield stage
    except DBAPIError as error:
        raise cannot_open(engine, error, committing="commit" in stage) from error
    except NoneFree as error:  # every connection of this process is waiting
        raise StoreError(BUSY) from error
