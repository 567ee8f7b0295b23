"""Add who may log in, who is logged in, who may do what, and what programs log in with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MAY_NAME_SOMEBODY = {"accounts": ("login", "subject", "email"), "tokens": ("name",)}
"""Columns PostgreSQL is to keep no sample of among its statistics, where erasing would not reach it."""

ID = sa.String(20)
TIME = sa.String(32)


def upgrade() -> None:
    _create_accounts()
    _create_sessions()
    _create_offices()
    _create_tokens()
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in MAY_NAME_SOMEBODY.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    """Back to tables without accounts: everybody is made, and granted their offices, anew."""
    for table in ("tokens", "offices", "sessions", "accounts"):
        op.drop_table(table)


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("login", sa.String(100), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("issuer", sa.String(200)),
        sa.Column("subject", sa.String(255)),
        sa.Column("email", sa.String(254)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("disabled_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
        sa.UniqueConstraint("issuer", "subject", name="uq_accounts_issuer_subject"),
        sa.CheckConstraint(
            "id LIKE 'a-%' AND length(login) > 0 AND person LIKE 'p-%'", name=op.f("ck_accounts_shape")
        ),
        sa.CheckConstraint("password LIKE '$argon2id$%'", name=op.f("ck_accounts_password")),
        sa.CheckConstraint("(issuer IS NULL) = (subject IS NULL)", name=op.f("ck_accounts_identity")),
        sa.CheckConstraint(
            "length(created_at) = 32 AND length(coalesce(disabled_at, created_at)) = 32",
            name=op.f("ck_accounts_times"),
        ),
        comment="Who may log in, by password or by a provider; a row is removed when its person is erased.",
    )
    op.create_index("ix_accounts_person", "accounts", ["person"])


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("hash", name="uq_sessions_hash"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_sessions_account"),
        sa.CheckConstraint("id LIKE 's-%' AND length(hash) = 64", name=op.f("ck_sessions_shape")),
        sa.CheckConstraint(
            "length(created_at) = 32 AND length(seen_at) = 32 AND length(ends_at) = 32 "
            "AND length(coalesce(ended_at, ends_at)) = 32",
            name=op.f("ck_sessions_times"),
        ),
        comment="Who is logged in; holds only the hash of what the browser carries. Rows go some time after.",
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])


def _create_offices() -> None:
    op.create_table(
        "offices",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("role", sa.String(50), nullable=False),
        sa.Column("body", sa.String(100), nullable=False),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.Column("from_", sa.String(10), nullable=False),
        sa.Column("to_", sa.String(10)),
        sa.Column("granted_by", ID, nullable=False),
        sa.Column("granted_at", TIME, nullable=False),
        sa.Column("withdrawn_by", ID),
        sa.Column("withdrawn_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
        sa.CheckConstraint(
            "id LIKE 'o-%' AND person LIKE 'p-%' AND length(role) > 0", name=op.f("ck_offices_shape")
        ),
        sa.CheckConstraint(
            "length(from_) = 10 AND length(coalesce(to_, from_)) = 10", name=op.f("ck_offices_dates")
        ),
        sa.CheckConstraint("to_ IS NULL OR from_ <= to_", name=op.f("ck_offices_dates_in_order")),
        sa.CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawn_at IS NULL)", name=op.f("ck_offices_withdrawn")
        ),
        sa.CheckConstraint(
            "length(granted_at) = 32 AND length(coalesce(withdrawn_at, granted_at)) = 32",
            name=op.f("ck_offices_times"),
        ),
        comment=(
            "Who may do what for whom and when. Rows are withdrawn, never removed, also when an account is."
        ),
    )
    op.create_index("ix_offices_account", "offices", ["account"])


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("scopes", sa.String(200), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_tokens_account"),
        sa.CheckConstraint(
            "id LIKE 't-%' AND length(hash) = 64 AND length(name) > 0", name=op.f("ck_tokens_shape")
        ),
        sa.CheckConstraint("length(scopes) > 0 AND length(last_day) = 10", name=op.f("ck_tokens_limits")),
        sa.CheckConstraint(
            "length(created_at) = 32 AND length(coalesce(used_at, created_at)) = 32 "
            "AND length(coalesce(revoked_at, created_at)) = 32",
            name=op.f("ck_tokens_times"),
        ),
        comment="What programs log in with; holds only the hash. A row goes when its person is erased.",
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])
