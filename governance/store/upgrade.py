"""Bring a database to the tables this version uses."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from governance.model import Text
from governance.store.engine import cannot_open
from governance.store.errors import StoreError

ONE_AT_A_TIME = 0x60BE57  # any number: what PostgreSQL's advisory lock is held under while tables change


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations in this package."""
    config = Config()
    config.set_main_option("script_location", "governance.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def head() -> str | None:
    """The newest revision this version knows."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def upgrade(engine: Engine) -> None:
    """Make or change the tables, in one transaction; nothing happens when they are as they should be."""
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            if current == head():
                return
            connection.rollback()
            connection.execution_options(writes=True)
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
                command.upgrade(configuration(connection), "head")
    except DBAPIError as error:
        raise cannot_open(engine, error) from error
    except CommandError:
        raise StoreError(
            Text(
                "databasen er lavet af en nyere version af programmet; opdatér programmet",
                "the database was made by a newer version of the program; update the program",
            )
        ) from None
