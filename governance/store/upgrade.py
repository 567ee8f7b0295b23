"""Bring a database to the tables this version uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from governance.model import Text
from governance.store.answers import cannot_open, shown
from governance.store.errors import StoreError
from governance.store.listing import list_all
from governance.store.schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = "0004"
"""The newest migration; a database that is there needs no Alembic, which takes a while to load."""

FIRST_TABLES = frozenset({"ledger", "things", "events"})
"""The tables of 0001, and those that every later one has as well."""

ONE_AT_A_TIME = 0x60BE57  # any number: what PostgreSQL's advisory lock is held under while tables change


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations in this package."""
    from alembic.config import Config  # noqa: PLC0415 - see REVISION

    config = Config()
    config.set_main_option("script_location", "governance.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> bool:
    """Make or change the tables, in one transaction; gives whether they were not as they should be.

    StoreError for a database whose tables are somebody else's, or not those it says they are.
    """
    try:
        with engine.connect() as connection:
            current = revision(connection)
            if current == REVISION:
                _refuse_others(connection)
            connection.rollback()
            if current == REVISION:
                return False
            connection.execution_options(writes=True)
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
                _refuse_others(connection)
                _migrate(connection)
                list_all(connection)
            return True
    except DBAPIError as error:
        raise cannot_open(engine, error) from error


def is_register(engine: Engine) -> bool:
    """Whether there is a register at the address; asking makes no file."""
    file = engine.url.database
    named = engine.dialect.name == "sqlite" and file not in (None, "", ":memory:")
    if named and not str(file).startswith("file:") and not _is_file(str(file)):
        return False
    try:
        with engine.connect() as connection:
            return revision(connection) is not None
    except DBAPIError as error:
        raise cannot_open(engine, error) from error


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # the name is too long
        return False


def revision(connection: Connection) -> str | None:
    """The migration the tables come from; None when there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _refuse_others(connection: Connection) -> None:
    """StoreError when the tables are not those of the migration the database names; nothing is changed."""
    current = revision(connection)
    found = frozenset(inspect(connection).get_table_names()) - {"alembic_version"}
    place = shown(connection.engine.url)
    if (current is None and found) or (current is not None and not found & FIRST_TABLES):
        raise StoreError(
            Text(
                f"databasen {place} er i brug til andet end et register; intet er ændret; vælg en anden",
                f"the database {place} is used for something other than a register; nothing is changed; "
                "choose another",
            )
        )
    mixed = current == "0001" and found & (frozenset(metadata.tables) - FIRST_TABLES)
    needed = frozenset(metadata.tables) if current == REVISION else FIRST_TABLES
    if current is not None and (mixed or not needed <= found):
        raise StoreError(
            Text(
                f"databasen {place} siger, at dens tabeller er fra version {current}, men det er de "
                "ikke; intet er ændret; gendan en sikkerhedskopi i en ny (`governance restore`)",
                f"the database {place} says that its tables are of version {current}, but they are not; "
                "nothing is changed; restore a backup into a new one (`governance restore`)",
            )
        )


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see REVISION
    from alembic.util.exc import CommandError  # noqa: PLC0415

    try:
        command.upgrade(configuration(connection), "head")
    except CommandError:
        raise StoreError(
            Text(
                "databasen er lavet af en nyere version af programmet; opdatér programmet",
                "the database was made by a newer version of the program; update the program",
            )
        ) from None
