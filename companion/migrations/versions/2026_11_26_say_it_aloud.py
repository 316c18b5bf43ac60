"""Say it aloud."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_11_26"
down_revision = "2026_11_25"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("pilot", sa.String(length=2), nullable=True),
        sa.Column("sign", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("media_type", sa.String(length=10), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", companion.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(topic_id IS NOT NULL AND pilot IS NULL AND sign IS NULL) OR "
            "(topic_id IS NULL AND pilot IS NOT NULL AND sign IS NOT NULL)",
            name=op.f("ck_recording_about"),
        ),
        sa.CheckConstraint(
            "media_type IN ('audio/ogg', 'audio/webm', 'audio/mp4', 'audio/aac')",
            name=op.f("ck_recording_media_type"),
        ),
        sa.CheckConstraint("seconds BETWEEN 1 AND 90", name=op.f("ck_recording_seconds")),
        sa.CheckConstraint("length(sound) BETWEEN 1 AND 250000", name=op.f("ck_recording_sound")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_recording_by_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["topic.id"],
            name=op.f("fk_recording_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("pilot", "sign", "language", name=op.f("uq_recording_pilot")),
        sa.UniqueConstraint("topic_id", "language", name=op.f("uq_recording_topic_id")),
    )
