"""The tables. Migrations make them; this is what code and the drift check compare with."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

whole_number = BigInteger().with_variant(Integer, "sqlite")

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", whole_number, nullable=False),
    comment="One row: the number of the last event. Writers lock it: numbers follow the commits.",
)

things = Table(
    "things",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("kind", String(100), nullable=False),
    Column("family", String(200), nullable=False),
    Column("state", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "family"),
    Index(None, "kind"),
    comment="What each thing is now, folded from its events; `family` is the whole it belongs to.",
)

events = Table(
    "events",
    metadata,
    Column("number", whole_number, primary_key=True, autoincrement=False),
    Column("entity", String(200), ForeignKey("things.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("on_low", Date),
    Column("on_high", Date),
    Column("recorded_at", String(40), nullable=False),
    Column("origin", String(10), nullable=False),
    Column("source", Text, nullable=False),
    Column("recorder", Text, nullable=False),
    Column("rulebook", String(64), nullable=False),
    Index(None, "entity"),
    comment="The record. Rows are added, never changed or removed; triggers refuse both.",
)
