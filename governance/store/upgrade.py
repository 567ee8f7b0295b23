"""Bring a database to the tables this version uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from governance.model import Text
from governance.store.answers import cannot_open
from governance.store.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = "0002"
"""The newest migration; a database that is there needs no Alembic, which takes a while to load."""

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
    """Make or change the tables, in one transaction; gives whether they were not as they should be."""
    try:
        with engine.connect() as connection:
            current = revision(connection)
            connection.rollback()
            if current == REVISION:
                return False
            connection.execution_options(writes=True)
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
                _migrate(connection)
            return True
    except DBAPIError as error:
        raise cannot_open(engine, error) from error


def is_register(engine: Engine) -> bool:
    """Whether there is a register at the address; asking makes no file."""
    file = engine.url.database
    named = engine.dialect.name == "sqlite" and file not in (None, "", ":memory:")
    if named and not str(file).startswith("file:") and not Path(str(file)).is_file():
        return False
    try:
        with engine.connect() as connection:
            return revision(connection) is not None
    except DBAPIError as error:
        raise cannot_open(engine, error) from error


def revision(connection: Connection) -> str | None:
    """The migration the tables come from; None when there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


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
