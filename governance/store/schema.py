"""The tables. Migrations make them; this is what code and the drift check compare with."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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
in_order = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that stands in the order of its code points, as SQLite has it, whatever the server's language."""

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", whole_number, nullable=False),
    Column("head", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    CheckConstraint("id = 1", "one_row"),
    CheckConstraint("last >= 0 AND length(head) = 64", "shape"),
    comment="One row: number, hash and time of the last event. Writers lock it: numbers follow the commits.",
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
    CheckConstraint("version > 0 AND length(id) > 0", "shape"),
    comment="What each thing is now, folded from its events; `family` is the whole it belongs to.",
)

events = Table(
    "events",
    metadata,
    Column("number", whole_number, primary_key=True, autoincrement=False),
    Column("entity", String(200), ForeignKey("things.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("on_low", String(10)),
    Column("on_high", String(10)),
    Column("recorded_at", String(32), nullable=False),
    Column("origin", String(10), nullable=False),
    Column("source", String(64), nullable=False),
    Column("recorder", String(20), nullable=False),
    Column("rulebook", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "entity"),
    CheckConstraint("number > 0 AND version > 0", "numbers"),
    CheckConstraint(
        "kind IN ('added', 'fact', 'step', 'refused', 'corrected', 'complete', 'erased', 'adopted')", "kind"
    ),
    CheckConstraint("origin IN ('live', 'history', 'imported')", "origin"),
    CheckConstraint("length(hash) = 64 AND length(previous) = 64 AND hash <> previous", "chain"),
    CheckConstraint("length(source) IN (0, 64) AND length(rulebook) IN (0, 64)", "digests"),
    CheckConstraint("on_low IS NULL OR on_high IS NULL OR on_low <= on_high", "dates_in_order"),
    CheckConstraint("length(on_low) = 10 AND length(on_high) = 10", "dates"),
    CheckConstraint("length(recorded_at) = 32 AND payload LIKE '{%}'", "shape"),
    comment="The record. Rows are added, never changed or removed; triggers refuse both.",
)

texts = Table(
    "texts",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("event", whole_number, ForeignKey("events.number"), nullable=False),
    Column("place", String(20), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "event"),
    CheckConstraint("length(digest) = 64 AND length(salt) = 32 AND length(text) > 0", "shape"),
    comment="Free text of events, which hold only its salted digest; a row is removed when it is erased.",
)

listing = Table(
    "listing",
    metadata,
    Column("id", String(200), ForeignKey("things.id"), primary_key=True),
    Column("kind", String(100), nullable=False),
    Column("state", String(100), nullable=False),
    Column("by_number", in_order, nullable=False),
    Column("by_title", in_order, nullable=False),
    Column("words", Text, nullable=False),
    Column("changed", whole_number, ForeignKey("events.number"), nullable=False),
    Index(None, "by_number"),
    Index(None, "by_title", "by_number"),
    Index(None, "changed"),
    Index(None, "state", "by_number"),
    comment="What a list of items is sought, sorted and paged by, folded from their events.",
)

tallies = Table(
    "tallies",
    metadata,
    Column("kind", String(100), primary_key=True),
    Column("state", String(100), primary_key=True),
    Column("number", whole_number, nullable=False),
    comment="How many items of each kind stand at each state, so that a page need not count them.",
)

people = Table(
    "people",
    metadata,
    Column("ref", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("former", Text, nullable=False),
    CheckConstraint("ref LIKE 'p-%'", "shape"),
    comment="Who the references in the events stand for; a row is removed when a person is erased.",
)

rulebooks = Table(
    "rulebooks",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("id", String(100), nullable=False),
    Column("from_", String(10), nullable=False),
    Column("files", Text, nullable=False),
    CheckConstraint("length(digest) = 64 AND length(from_) = 10", "shape"),
    comment="The rule files by the digest that events name. Rows are added, never changed or removed.",
)

keys = Table(
    "keys",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("content", String(64), nullable=False),
    Column("event", whole_number, ForeignKey("events.number"), nullable=False),
    CheckConstraint("length(key) > 0 AND length(content) = 64", "shape"),
    comment="Commands that have been answered, so that a retry gets the first answer.",
)

accesses = Table(
    "accesses",
    metadata,
    Column("id", whole_number, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("who", String(200), nullable=False),
    Column("did", String(100), nullable=False),
    Column("what", String(200), nullable=False),
    Column("outcome", String(20), nullable=False),
    Index(None, "at"),
    CheckConstraint("length(at) = 32", "shape"),
    comment="Who read or tried what. Personal data with a retention; no part of the record.",
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("from_", String(10), primary_key=True),
    Column("value", String(200), nullable=False),
    Column("by", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(32), nullable=False),
    CheckConstraint("length(from_) = 10 AND length(at) = 32", "shape"),
    comment="Settings with the date they hold from.",
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("login", String(100), nullable=False),
    Column("person", String(20), nullable=False),
    Column("password", String(200)),
    Column("issuer", String(200)),
    Column("subject", String(255)),
    Column("email", String(254)),
    Column("created_at", String(32), nullable=False),
    Column("disabled_at", String(32)),
    Index(None, "person"),
    UniqueConstraint("login"),
    UniqueConstraint("email"),
    UniqueConstraint("issuer", "subject"),
    CheckConstraint("id LIKE 'a-%' AND length(login) > 0 AND person LIKE 'p-%'", "shape"),
    CheckConstraint("password LIKE '$argon2id$%'", "password"),
    CheckConstraint("(issuer IS NULL) = (subject IS NULL)", "identity"),
    CheckConstraint("length(created_at) = 32 AND length(coalesce(disabled_at, created_at)) = 32", "times"),
    comment="Who may log in, by password or by a provider; a row is removed when its person is erased.",
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("account", String(20), ForeignKey("accounts.id"), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("ends_at", String(32), nullable=False),
    Column("ended_at", String(32)),
    Index(None, "account"),
    UniqueConstraint("hash"),
    CheckConstraint("id LIKE 's-%' AND length(hash) = 64", "shape"),
    CheckConstraint(
        "length(created_at) = 32 AND length(seen_at) = 32 AND length(ends_at) = 32 "
        "AND length(coalesce(ended_at, ends_at)) = 32",
        "times",
    ),
    comment="Who is logged in; holds only the hash of what the browser carries. Rows go some time after.",
)

offices = Table(
    "offices",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("account", String(20), nullable=False),
    Column("person", String(20), nullable=False),
    Column("role", String(50), nullable=False),
    Column("body", String(100), nullable=False),
    Column("organisation", String(200), nullable=False),
    Column("from_", String(10), nullable=False),
    Column("to_", String(10)),
    Column("granted_by", String(20), nullable=False),
    Column("granted_at", String(32), nullable=False),
    Column("withdrawn_by", String(20)),
    Column("withdrawn_at", String(32)),
    Index(None, "account"),
    CheckConstraint("id LIKE 'o-%' AND person LIKE 'p-%' AND length(role) > 0", "shape"),
    CheckConstraint("length(from_) = 10 AND length(coalesce(to_, from_)) = 10", "dates"),
    CheckConstraint("to_ IS NULL OR from_ <= to_", "dates_in_order"),
    CheckConstraint("(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", "withdrawn"),
    CheckConstraint("length(granted_at) = 32 AND length(coalesce(withdrawn_at, granted_at)) = 32", "times"),
    comment="Who may do what for whom and when. Rows are withdrawn, never removed, also when an account is.",
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("account", String(20), ForeignKey("accounts.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("used_at", String(32)),
    Column("revoked_at", String(32)),
    Index(None, "account"),
    UniqueConstraint("hash"),
    CheckConstraint("id LIKE 't-%' AND length(hash) = 64 AND length(name) > 0", "shape"),
    CheckConstraint("length(scopes) > 0 AND length(last_day) = 10", "limits"),
    CheckConstraint(
        "length(created_at) = 32 AND length(coalesce(used_at, created_at)) = 32 "
        "AND length(coalesce(revoked_at, created_at)) = 32",
        "times",
    ),
    comment="What programs log in with; holds only the hash. A row goes when its person is erased.",
)
