"""Every pilot in its own words."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_11_27"
down_revision = "2026_11_26"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pilot_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pilot", sa.String(length=2), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pilot_words")),
        sa.UniqueConstraint("pilot", name=op.f("uq_pilot_words_pilot")),
    )
    op.create_table(
        "wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pilot", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("domain", sa.String(length=20), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("is_reviewed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("said_by_id", sa.Uuid(), nullable=True),
        sa.Column("said_at", companion.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["person.id"],
            name=op.f("fk_wording_written_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["said_by_id"],
            ["person.id"],
            name=op.f("fk_wording_said_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
    )
    op.create_index("ix_wording_key", "wording", ["pilot", "language", "key", "id"], unique=False)
    op.create_index(
        "uq_wording_current",
        "wording",
        ["pilot", "language", "key"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
