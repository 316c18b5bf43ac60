"""A note of her own on a session."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_12_03"
down_revision = "2026_12_02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", companion.db.Moment(timezone=True), nullable=False),
        sa.Column("saves", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_note_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["group_session.id"], name=op.f("fk_note_session_id_group_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("person_id", "session_id", name=op.f("uq_note_person_id")),
    )
    op.create_index(op.f("ix_note_session_id"), "note", ["session_id"])
