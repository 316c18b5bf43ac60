"""Recording: a topic or a danger sign, said aloud in one language."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from companion.db import Model
from companion.recordings.sounds import LONGEST_SECONDS, MEDIA_TYPES, MOST_BYTES

_TYPES = ", ".join(f"'{each}'" for each in MEDIA_TYPES)


class Recording(Model):
    """What somebody said, exactly as it came. It is of a topic, or of a pilot's danger sign
    (`sign` is the key of its English text). A new one takes the place of the one before, and has
    an id of its own: what an address once gave, it gives for ever."""

    __tablename__ = "recording"

    topic_id: Mapped[UUID | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    pilot: Mapped[str | None] = mapped_column(String(2))
    sign: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(35))
    # Of the words as they stood when somebody said them: under other words it is not heard. Those
    # made before this was noted have none.
    words_key: Mapped[str | None] = mapped_column(String(16))
    media_type: Mapped[str] = mapped_column(String(10))
    seconds: Mapped[int]
    sound: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("topic_id", "language"),
        UniqueConstraint("pilot", "sign", "language"),
        CheckConstraint(
            "(topic_id IS NOT NULL AND pilot IS NULL AND sign IS NULL) OR "
            "(topic_id IS NULL AND pilot IS NOT NULL AND sign IS NOT NULL)",
            name="about",
        ),
        CheckConstraint(f"media_type IN ({_TYPES})", name="media_type"),
        CheckConstraint(f"seconds BETWEEN 1 AND {LONGEST_SECONDS}", name="seconds"),
        CheckConstraint(f"length(sound) BETWEEN 1 AND {MOST_BYTES}", name="sound"),
    )
