"""Translators, and what readers say of the words."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_11_28"
down_revision = "2026_11_27"
branch_labels = None
depends_on = None

ROLES = "role IN ('participant', 'partner', 'facilitator', 'coordinator', 'translator')"


def upgrade() -> None:
    for table in ("person", "invitation"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_role"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_role"), ROLES)

    op.create_table(
        "remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pilot", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("better_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("said_by_id", sa.Uuid(), nullable=True),
        sa.Column("said_at", companion.db.Moment(timezone=True), nullable=False),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", companion.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["said_by_id"],
            ["person.id"],
            name=op.f("fk_remark_said_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"],
            ["person.id"],
            name=op.f("fk_remark_settled_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_said_by_id", "remark", ["said_by_id", "said_at"], unique=False)
    op.create_index(
        "ix_remark_open",
        "remark",
        ["pilot", "language", "id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
