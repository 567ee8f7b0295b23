"""Make an erasure true in the database's files: rewrite what held the rows, and overwrite the rest."""

from __future__ import annotations

from contextlib import closing
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from governance.model import Text
from governance.store.answers import BUSY, cannot_open
from governance.store.engine import reading, writing
from governance.store.erasing import overwrite_what_is_deleted, pay_sweep, sweep_owed
from governance.store.errors import StoreError

TABLES = ("texts", "listing", "people", "keys", "accesses", "settings", "accounts", "sessions", "tokens")
"""The tables an erasure deletes from or rewrites rows of."""

PATIENCE = 10.0
"""Seconds to wait for transactions begun before the erasure; while one is open PostgreSQL keeps the rows."""

STEP = 0.1

OUTSIDE = {
    "sqlite": Text(
        "Uden for løftet: kopier og eksporter, der er givet ud, og blokke på disken, som filsystemet har "
        "frigivet, men ikke overskrevet.",
        "Outside the promise: copies and exports already handed out, and blocks of the disk that the file "
        "system has freed and not overwritten.",
    ),
    "postgresql": Text(
        "Uden for løftet: kopier og eksporter, der er givet ud; serverens log, arkiver og replikaer; "
        "frigivne blokke på disken; og serverens WAL, hvor navnet kan stå, til segmenterne er overskrevet "
        "(en administrator fremmer det med wal_recycle = off, pg_switch_wal() og CHECKPOINT).",
        "Outside the promise: copies and exports already handed out; the server's log, archives and "
        "replicas; freed blocks of the disk; and the server's WAL, where the name may stand until the "
        "segments are overwritten (an administrator hastens that with wal_recycle = off, pg_switch_wal() "
        "and CHECKPOINT).",
    ),
}
"""What no sweep reaches, by kind of database."""

_OLDER = text(
    """
    SELECT count(*) FROM (
        SELECT unnest(ARRAY[backend_xid, backend_xmin]) AS seen FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND coalesce(datname, current_database()) = current_database()
        UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
        UNION ALL SELECT xmin FROM pg_replication_slots
    ) AS others WHERE seen IS NOT NULL AND age(seen) > age(CAST(:own AS xid))
    """
)
_NOT_ALLOWED = "42501"


def sweep(engine: Engine) -> tuple[Text, ...]:
    """Rewrite the files that held what was erased, if any is owed; gives what could not be done in passing.

    StoreError when somebody else is at work in the database: the sweep is still owed.
    """
    with reading(engine) as connection:
        owed = sweep_owed(connection)
    if not owed:
        return ()
    notes = _sweep_sqlite(engine) if engine.dialect.name == "sqlite" else _sweep_postgresql(engine)
    with writing(engine) as connection:
        overwrite_what_is_deleted(connection)
        pay_sweep(connection, owed)
    return notes


def _sweep_sqlite(engine: Engine) -> tuple[Text, ...]:
    with closing(engine.raw_connection()) as raw:
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.execute("VACUUM")
            waiting = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except engine.dialect.loaded_dbapi.Error as error:
            raise cannot_open(engine, DBAPIError("VACUUM", None, error)) from error
    if waiting is not None and waiting[0]:
        raise StoreError(BUSY)
    return ()


def _sweep_postgresql(engine: Engine) -> tuple[Text, ...]:
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(isolation_level="AUTOCOMMIT")
            _wait_for_older(connection)
            left = [table for table in TABLES if not _rewritten(connection, table)]
            connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")
            done = _may(connection, "CHECKPOINT")
            _may(connection, "SELECT pg_switch_wal()")
    except DBAPIError as error:
        raise cannot_open(engine, error) from error
    if left:
        tables = ", ".join(left)
        raise StoreError(
            Text(
                f"tabellerne {tables} kan kun skrives om af deres ejer; lad ejeren gentage kommandoen",
                f"the tables {tables} can only be rewritten by their owner; let the owner repeat the command",
            )
        )
    return () if done else (NO_CHECKPOINT,)


NO_CHECKPOINT = Text(
    "Databasens bruger må ikke give CHECKPOINT; filerne er skrevet om ved serverens næste.",
    "The database's user may not call CHECKPOINT; the files are rewritten at the server's next one.",
)


def _wait_for_older(connection: Connection) -> None:
    """Wait until no transaction can see the rows any more: while one can, PostgreSQL copies them along."""
    own = connection.execute(text("SELECT CAST(pg_current_xact_id() AS text)")).scalar_one()
    young = int(own) % 2**32  # an xid on disk has 32 bits
    end = monotonic() + PATIENCE
    while connection.execute(_OLDER, {"own": str(young)}).scalar_one():
        if monotonic() > end:
            raise StoreError(
                Text(
                    "en anden har haft databasen åben siden før sletningen, og dens filer rummer endnu "
                    "det slettede; luk den, og gentag kommandoen",
                    "somebody has had the database open since before the erasure, and its files still hold "
                    "what was erased; close that, and repeat the command",
                )
            )
        sleep(STEP)


def _rewritten(connection: Connection, table: str) -> bool:
    """Rewrite a table with its indexes; false when the server only warned that it may not."""
    file = text("SELECT pg_relation_filenode(CAST(:table AS regclass))")
    before = connection.execute(file, {"table": table}).scalar_one()
    connection.exec_driver_sql(f"VACUUM FULL {table}")
    return bool(connection.execute(file, {"table": table}).scalar_one() != before)


def _may(connection: Connection, statement: str) -> bool:
    try:
        connection.exec_driver_sql(statement)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != _NOT_ALLOWED:
            raise
        return False
    return True
