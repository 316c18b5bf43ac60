"""Under another name."""

import sqlalchemy as sa
from alembic import op

revision = "2026_12_02"
down_revision = "2026_12_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "person",
        sa.Column("look", sa.String(length=16), server_default="companion", nullable=False),
    )
    # Until now there was one neutral name.
    person = sa.table("person", sa.column("look"), sa.column("discreet", sa.Boolean()))
    op.execute(person.update().where(person.c.discreet).values(look="notes"))
    op.drop_column("person", "discreet")
