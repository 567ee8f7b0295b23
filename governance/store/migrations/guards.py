"""Triggers that keep the record from being rewritten, and what comes with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

EVENTS = "events are only added"
RULEBOOKS = "rulebooks are only added"
TEXTS = "texts are added or erased, not changed"

MAY_NAME_SOMEBODY = {
    "people": ("name", "contact", "former"),
    "texts": ("text",),
    "keys": ("key",),
    "accesses": ("who", "what"),
    "settings": ("reason",),
}
"""Columns PostgreSQL is to keep no sample of among its statistics, where erasing would not reach it."""


def create_guards(bind: sa.Connection) -> None:
    """Let the database itself refuse changes to the record."""
    for statement in GUARDS[bind.dialect.name]:
        op.execute(statement)


def drop_first_guards(bind: sa.Connection) -> None:
    """Take away the triggers of the first tables."""
    if bind.dialect.name == "postgresql":
        op.execute("DROP TRIGGER events_only_grow ON events")
    else:
        op.execute("DROP TRIGGER events_no_update")
        op.execute("DROP TRIGGER events_no_delete")


def drop_guards(bind: sa.Connection) -> None:
    """Take away the triggers, so that the tables can go."""
    if bind.dialect.name == "postgresql":
        for table in ("events", "rulebooks"):
            op.execute(f"DROP TRIGGER {table}_only_grow ON {table}")
        op.execute("DROP TRIGGER texts_are_not_changed ON texts")
        op.execute("DROP FUNCTION texts_are_not_changed()")
        op.execute("DROP FUNCTION rulebooks_only_grow()")
        return
    for table in ("events", "rulebooks"):
        for act in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
    op.execute("DROP TRIGGER texts_no_update")
    op.execute("DROP TRIGGER texts_no_replace")


def _sqlite(table: str, act: str, said: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _sqlite_replace(table: str, key: str, said: str) -> str:
    """INSERT OR REPLACE removes a row without asking the triggers that guard against it."""
    known = f"SELECT 1 FROM {table} WHERE {key} = NEW.{key}"  # noqa: S608 - names of ours
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({known}) "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _postgresql(table: str, acts: str, name: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"


def _function(name: str, said: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )


FIRST_GUARDS = {
    "sqlite": [_sqlite("events", "UPDATE", EVENTS), _sqlite("events", "DELETE", EVENTS)],
    "postgresql": [_postgresql("events", "UPDATE OR DELETE OR TRUNCATE", "events_only_grow")],
}
GUARDS = {
    "sqlite": [
        *FIRST_GUARDS["sqlite"],
        _sqlite_replace("events", "number", EVENTS),
        _sqlite("rulebooks", "UPDATE", RULEBOOKS),
        _sqlite("rulebooks", "DELETE", RULEBOOKS),
        _sqlite_replace("rulebooks", "digest", RULEBOOKS),
        _sqlite("texts", "UPDATE", TEXTS),
        _sqlite_replace("texts", "digest", TEXTS),
    ],
    "postgresql": [
        *FIRST_GUARDS["postgresql"],
        _function("rulebooks_only_grow", RULEBOOKS),
        _postgresql("rulebooks", "UPDATE OR DELETE OR TRUNCATE", "rulebooks_only_grow"),
        _function("texts_are_not_changed", TEXTS),
        _postgresql("texts", "UPDATE OR TRUNCATE", "texts_are_not_changed"),
        *(
            f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0"
            for table, columns in MAY_NAME_SOMEBODY.items()
            for column in columns
        ),
    ],
}
