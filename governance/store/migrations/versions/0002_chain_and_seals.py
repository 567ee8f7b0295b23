"""Chain the events, keep free text and names beside them, and add the tables around the record."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from governance.store.migrations.carried_over import Carrying, carry_back
from governance.store.migrations.first_tables import create_first_tables
from governance.store.migrations.guards import create_guards, drop_first_guards, drop_guards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

LEDGER = "One row: number, hash and time of the last event. Writers lock it: numbers follow the commits."
AROUND = ("settings", "accesses", "keys", "rulebooks", "people")
EVENTS = "The record. Rows are added, never changed or removed; triggers refuse both."


def upgrade() -> None:
    bind = op.get_bind()
    old = [dict(row) for row in bind.execute(sa.text("SELECT * FROM events ORDER BY number")).mappings()]
    last = bind.execute(sa.text("SELECT last FROM ledger")).scalar()
    drop_first_guards(bind)
    op.drop_table("events")
    op.drop_table("ledger")
    _create_ledger()
    with op.batch_alter_table("things") as things:
        things.create_check_constraint("shape", "version > 0 AND length(id) > 0")
    _create_events()
    _create_beside()
    _create_around()
    create_guards(bind)
    carrying = Carrying()
    for event, texts in carrying.carry(old):
        _insert(bind, "events", event)
        for text in texts:
            _insert(bind, "texts", text)
    for name, ref in carrying.people.items():
        _insert(bind, "people", {"ref": ref, "name": name, "contact": "", "former": ""})
    _insert(bind, "ledger", {"id": 1, "last": last or 0, "head": carrying.head, "at": carrying.at})


def downgrade() -> None:
    """Back to the first tables. Names and texts go back into the events; the chain and the rest are lost.

    Refused when there are events that the first tables have no word for.
    """
    bind = op.get_bind()
    new = sa.text("SELECT count(*) FROM events WHERE kind IN ('erased', 'adopted')")
    if bind.execute(new).scalar():
        raise RuntimeError("the record tells of erasures or adopted rulebooks, which 0001 cannot hold")
    rows = [dict(row) for row in bind.execute(sa.text("SELECT * FROM events ORDER BY number")).mappings()]
    texts = {row[0]: row[1] for row in bind.execute(sa.text("SELECT digest, text FROM texts"))}
    names = {row[0]: row[1] for row in bind.execute(sa.text("SELECT ref, name FROM people"))}
    last = bind.execute(sa.text("SELECT last FROM ledger")).scalar()
    drop_guards(bind)
    for table in (*AROUND, "texts", "events", "ledger"):
        op.drop_table(table)
    with op.batch_alter_table("things") as things:
        things.drop_constraint(op.f("ck_things_shape"), type_="check")
    create_first_tables(bind)
    _insert(bind, "ledger", {"id": 1, "last": last or 0})
    for row in rows:
        _insert(bind, "events", carry_back(row, texts, names))


def _insert(bind: sa.Connection, table: str, row: dict[str, Any]) -> None:
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    bind.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608 - names of ours


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_one_row")),
        sa.CheckConstraint("last >= 0 AND length(head) = 64", name=op.f("ck_ledger_shape")),
        comment=LEDGER,
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("on_low", sa.String(10)),
        sa.Column("on_high", sa.String(10)),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("recorder", sa.String(20), nullable=False),
        sa.Column("rulebook", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["things.id"], name="fk_events_entity"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        sa.CheckConstraint("number > 0 AND version > 0", name=op.f("ck_events_numbers")),
        sa.CheckConstraint(
            "kind IN ('added', 'fact', 'step', 'refused', 'corrected', 'complete', 'erased', 'adopted')",
            name=op.f("ck_events_kind"),
        ),
        sa.CheckConstraint("origin IN ('live', 'history', 'imported')", name=op.f("ck_events_origin")),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(previous) = 64 AND hash <> previous", name=op.f("ck_events_chain")
        ),
        sa.CheckConstraint(
            "length(source) IN (0, 64) AND length(rulebook) IN (0, 64)", name=op.f("ck_events_digests")
        ),
        sa.CheckConstraint(
            "on_low IS NULL OR on_high IS NULL OR on_low <= on_high", name=op.f("ck_events_dates_in_order")
        ),
        sa.CheckConstraint("length(on_low) = 10 AND length(on_high) = 10", name=op.f("ck_events_dates")),
        sa.CheckConstraint("length(recorded_at) = 32 AND payload LIKE '{%}'", name=op.f("ck_events_shape")),
        comment=EVENTS,
    )
    op.create_index("ix_events_entity", "events", ["entity"])


def _create_beside() -> None:
    op.create_table(
        "texts",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("event", WHOLE, nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], name="fk_texts_event"),
        sa.PrimaryKeyConstraint("digest", name="pk_texts"),
        sa.CheckConstraint(
            "length(digest) = 64 AND length(salt) = 32 AND length(text) > 0", name=op.f("ck_texts_shape")
        ),
        comment="Free text of events, which hold only its salted digest; a row is removed when it is erased.",
    )
    op.create_index("ix_texts_event", "texts", ["event"])
    op.create_table(
        "people",
        sa.Column("ref", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_people"),
        sa.CheckConstraint("ref LIKE 'p-%'", name=op.f("ck_people_shape")),
        comment="Who the references in the events stand for; a row is removed when a person is erased.",
    )
    op.create_table(
        "rulebooks",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("from_", sa.String(10), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_rulebooks"),
        sa.CheckConstraint("length(digest) = 64 AND length(from_) = 10", name=op.f("ck_rulebooks_shape")),
        comment="The rule files by the digest that events name. Rows are added, never changed or removed.",
    )


def _create_around() -> None:
    op.create_table(
        "keys",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("event", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], name="fk_keys_event"),
        sa.PrimaryKeyConstraint("key", name="pk_keys"),
        sa.CheckConstraint("length(key) > 0 AND length(content) = 64", name=op.f("ck_keys_shape")),
        comment="Commands that have been answered, so that a retry gets the first answer.",
    )
    op.create_table(
        "accesses",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("did", sa.String(100), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accesses"),
        sa.CheckConstraint("length(at) = 32", name=op.f("ck_accesses_shape")),
        comment="Who read or tried what. Personal data with a retention; no part of the record.",
    )
    op.create_index("ix_accesses_at", "accesses", ["at"])
    op.create_table(
        "settings",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("from_", sa.String(10), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("by", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name", "from_", name="pk_settings"),
        sa.CheckConstraint("length(from_) = 10 AND length(at) = 32", name=op.f("ck_settings_shape")),
        comment="Settings with the date they hold from.",
    )
