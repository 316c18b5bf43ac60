"""Who reads without a line, on which phone."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_04"
down_revision = "2026_12_03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sign_in",
        sa.Column("reads_offline", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
