"""What a database says of itself: its settings, its tables, what guards them, how far the record has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from governance.store.adopted import adopted
from governance.store.drivers import POSTGRESQL, sqlite_settings
from governance.store.schema import events, ledger, rulebooks

GUARDS: Mapping[str, frozenset[str]] = {
    "sqlite": frozenset(
        {
            *(
                f"{table}_no_{act}"
                for table in ("events", "rulebooks")
                for act in ("update", "delete", "replace")
            ),
            "texts_no_update",
            "texts_no_replace",
        }
    ),
    "postgresql": frozenset({"events_only_grow", "rulebooks_only_grow", "texts_are_not_changed"}),
}
"""The triggers that refuse to change or remove what is recorded; a test holds them against the migrations."""

_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace"
    ),
}

SERVER = ("server_version", "server_encoding", "fsync", "full_page_writes", *POSTGRESQL)


@dataclass(frozen=True, slots=True)
class Kept:
    """A rulebook whose text is kept."""

    digest: str
    id: str
    from_: str


def settings_of(connection: Connection) -> Mapping[str, str]:
    """The version of the database, and the settings of this connection that a safe record rests on."""
    if connection.dialect.name == "postgresql":
        shown = {
            name: connection.execute(text("SELECT current_setting(:name)"), {"name": name}) for name in SERVER
        }
        return {name: str(found.scalar_one()) for name, found in shown.items()}
    pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}") for name in sqlite_settings((0,))}
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    return {"sqlite_version": version, **{name: str(found.scalar_one()) for name, found in pragmas.items()}}


def bytes_of(connection: Connection) -> int:
    """How much room the database takes."""
    if connection.dialect.name == "postgresql":
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())


def guards_of(connection: Connection) -> frozenset[str]:
    """The triggers that are there and switched on."""
    return frozenset(connection.execute(text(_TRIGGERS[connection.dialect.name])).scalars())


def guards_missing(connection: Connection) -> tuple[str, ...]:
    """The triggers that are not."""
    return tuple(sorted(GUARDS[connection.dialect.name] - guards_of(connection)))


def head_of(connection: Connection) -> tuple[int, str, str]:
    """The number, hash and time of the last event, as noted."""
    row = connection.execute(select(ledger.c.last, ledger.c.head, ledger.c.at)).one()
    return row.last, row.head, row.at


def kept_rulebooks(connection: Connection) -> tuple[Kept, ...]:
    """The rulebooks whose text is kept, by date."""
    rows = select(rulebooks.c.digest, rulebooks.c.id, rulebooks.c.from_).order_by(rulebooks.c.from_)
    return tuple(Kept(row.digest, row.id, row.from_) for row in connection.execute(rows))


def named_rulebooks(connection: Connection) -> frozenset[str]:
    """The digests of the rulebooks that events name."""
    named = connection.execute(select(events.c.rulebook).where(events.c.rulebook != "").distinct()).scalars()
    return frozenset((*named, *(each.digest for each in adopted(connection))))
