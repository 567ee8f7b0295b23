"""The ledger, the things and the events, with triggers that keep the record from being rewritten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        comment="One row: the number of the last event. Writers lock it: numbers follow the commits.",
    )
    op.execute("INSERT INTO ledger (id, last) VALUES (1, 0)")
    op.create_table(
        "things",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("family", sa.String(200), nullable=False),
        sa.Column("state", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_things"),
        comment="What each thing is now, folded from its events; `family` is the whole it belongs to.",
    )
    op.create_index("ix_things_family", "things", ["family"])
    op.create_index("ix_things_kind", "things", ["kind"])
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
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("events")
    op.drop_table("things")
    op.drop_table("ledger")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION events_only_grow()")


APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER events_no_{act.lower()} BEFORE {act} ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """
        CREATE FUNCTION events_only_grow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'events are only added'; END $$
        """,
        """
        CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow()
        """,
    ],
}
