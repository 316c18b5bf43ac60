"""A lock on a shared phone."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_11_30"
down_revision = "2026_11_29"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in", sa.Column("known_as_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("sign_in", sa.Column("pin_hash", sa.String(length=120), nullable=True))
    op.add_column("sign_in", sa.Column("idle_minutes", sa.Integer(), nullable=True))
    op.add_column(
        "sign_in", sa.Column("wrong_pins", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "sign_in",
        sa.Column("pin_waits_until", companion.db.Moment(timezone=True), nullable=True),
    )
