"""Add what a list of items is sought, sorted and paged by; `upgrade` fills it from the events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IN_ORDER = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

LISTING = "What a list of items is sought, sorted and paged by, folded from their events."
TALLIES = "How many items of each kind stand at each state, so that a page need not count them."
MAY_NAME_SOMEBODY = ("by_title", "words")


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("state", sa.String(100), nullable=False),
        sa.Column("by_number", IN_ORDER, nullable=False),
        sa.Column("by_title", IN_ORDER, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["id"], ["things.id"], name="fk_listing_id"),
        sa.ForeignKeyConstraint(["changed"], ["events.number"], name="fk_listing_changed"),
        sa.PrimaryKeyConstraint("id", name="pk_listing"),
        comment=LISTING,
    )
    op.create_index("ix_listing_by_number", "listing", ["by_number"])
    op.create_index("ix_listing_by_title_by_number", "listing", ["by_title", "by_number"])
    op.create_index("ix_listing_changed", "listing", ["changed"])
    op.create_index("ix_listing_state_by_number", "listing", ["state", "by_number"])
    op.create_table(
        "tallies",
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("state", sa.String(100), nullable=False),
        sa.Column("number", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("kind", "state", name="pk_tallies"),
        comment=TALLIES,
    )
    if op.get_bind().dialect.name == "postgresql":
        for column in MAY_NAME_SOMEBODY:
            op.execute(f"ALTER TABLE listing ALTER COLUMN {column} SET STATISTICS 0")


def downgrade() -> None:
    op.drop_table("tallies")
    op.drop_table("listing")
