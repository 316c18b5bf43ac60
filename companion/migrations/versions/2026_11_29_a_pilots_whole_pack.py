"""A pilot's whole pack."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_11_29"
down_revision = "2026_11_28"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adaptation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pilot", sa.String(length=2), nullable=False),
        sa.Column("depth", sa.String(length=7), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("agreed_with", sa.String(length=120), nullable=False),
        sa.Column("adapted_on", sa.Date(), nullable=False),
        sa.Column("text_key", sa.String(length=16), nullable=True),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", companion.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("depth IN ('surface', 'deep')", name=op.f("ck_adaptation_depth")),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["person.id"],
            name=op.f("fk_adaptation_written_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adaptation")),
    )
    op.create_index(op.f("ix_adaptation_pilot"), "adaptation", ["pilot"], unique=False)
    op.create_table(
        "own_pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pilot", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("programmes", sa.JSON(), nullable=False),
        sa.Column("drawings", sa.JSON(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", companion.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["person.id"],
            name=op.f("fk_own_pack_changed_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_pack")),
        sa.UniqueConstraint("pilot", name=op.f("uq_own_pack_pilot")),
    )
    op.create_table(
        "waiting_pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pilot", sa.String(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", companion.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sent_by_id"],
            ["person.id"],
            name=op.f("fk_waiting_pack_sent_by_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_pack")),
        sa.UniqueConstraint("pilot", name=op.f("uq_waiting_pack_pilot")),
    )
    op.add_column("recording", sa.Column("words_key", sa.String(length=16), nullable=True))
