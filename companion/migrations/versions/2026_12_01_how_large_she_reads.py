"""How large she reads."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_01"
down_revision = "2026_11_30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "person",
        sa.Column("text_size", sa.String(length=8), server_default="normal", nullable=False),
    )
