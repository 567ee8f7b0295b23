"""The tables of the first version, made anew when a database goes back to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from governance.store.migrations.guards import FIRST_GUARDS

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_first_tables(bind: sa.Connection) -> None:
    """The ledger and the events as they were."""
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        comment="One row: the number of the last event. Writers lock it: numbers follow the commits.",
    )
    op.create_table(
        "events",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("on_low", sa.Date()),
        sa.Column("on_high", sa.Date()),
        sa.Column("recorded_at", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorder", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["things.id"], name="fk_events_entity"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        comment="The record. Rows are added, never changed or removed; triggers refuse both.",
    )
    op.create_index("ix_events_entity", "events", ["entity"])
    for statement in FIRST_GUARDS[bind.dialect.name]:
        op.execute(statement)
