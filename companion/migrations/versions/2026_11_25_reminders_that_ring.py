"""Reminders that ring."""

import sqlalchemy as sa
from alembic import op

import companion.db

revision = "2026_11_25"
down_revision = "2026_11_24"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", companion.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_calendar_feed_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("person_id", name=op.f("uq_calendar_feed_person_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
    )
    op.create_table(
        "own_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_own_reminder_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_reminder")),
    )
    with op.batch_alter_table("own_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_reminder_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reminder_choices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("wants_sessions", sa.Boolean(), nullable=False),
        sa.Column("wants_topics", sa.Boolean(), nullable=False),
        sa.Column("wants_answers", sa.Boolean(), nullable=False),
        sa.Column("wants_messages", sa.Boolean(), nullable=False),
        sa.Column("wants_agreements", sa.Boolean(), nullable=False),
        sa.Column("wants_measuring", sa.Boolean(), nullable=False),
        sa.Column("wants_sessions_after_loss", sa.Boolean(), nullable=False),
        sa.Column("wants_own_after_loss", sa.Boolean(), nullable=False),
        sa.Column("day_before_at", sa.Time(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("measure_on", sa.Integer(), nullable=False),
        sa.Column("measure_at", sa.Time(), nullable=False),
        sa.CheckConstraint(
            "measure_on BETWEEN 0 AND 6", name=op.f("ck_reminder_choices_measure_on")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reminder_choices_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_choices")),
        sa.UniqueConstraint("person_id", name=op.f("uq_reminder_choices_person_id")),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("endpoint_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("service", sa.String(length=300), nullable=False),
        sa.Column("key_id", sa.String(length=12), nullable=False),
        sa.Column("confirmed_at", companion.db.Moment(timezone=True), nullable=False),
        sa.Column("last_success_at", companion.db.Moment(timezone=True), nullable=True),
        sa.Column("last_arrived_at", companion.db.Moment(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retired_at", companion.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_push_subscription_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sign_in_id"],
            ["sign_in.id"],
            name=op.f("fk_push_subscription_sign_in_id_sign_in"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint_hash", name=op.f("uq_push_subscription_endpoint_hash")),
        sa.UniqueConstraint("sign_in_id", name=op.f("uq_push_subscription_sign_in_id")),
    )
    with op.batch_alter_table("push_subscription", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_push_subscription_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("of_at", companion.db.Moment(timezone=True), nullable=True),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("once", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("due_at", companion.db.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", companion.db.Moment(timezone=True), nullable=False),
        sa.Column("next_at", companion.db.Moment(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", companion.db.Moment(timezone=True), nullable=True),
        sa.Column("arrived_at", companion.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'sent', 'failed', 'cancelled')",
            name=op.f("ck_notification_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_notification_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["push_subscription.id"],
            name=op.f("fk_notification_subscription_id_push_subscription"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("once", name=op.f("uq_notification_once")),
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notification_about_id"), ["about_id"], unique=False)
        batch_op.create_index("ix_notification_next", ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notification_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_notification_subscription_id"), ["subscription_id"], unique=False
        )

    # As they are, without the batches that make a table anew: what is added has a default.
    op.add_column(
        "group_session", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "person", sa.Column("discreet", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "question", sa.Column("answered_at", companion.db.Moment(timezone=True), nullable=True)
    )
    op.add_column(
        "sign_in", sa.Column("ring", sa.String(length=4), server_default="no", nullable=False)
    )
