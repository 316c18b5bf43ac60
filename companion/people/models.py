"""Person, SignIn, SpareKey; the brake on guessing; and the count of a pilot's changes of words."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from companion.db import Model
from companion.sealing import Sealed
from companion.web.looks import OWN


class Role(StrEnum):
    """What somebody is here for. Operators have a terminal and no sign-in."""

    PARTICIPANT = "participant"
    PARTNER = "partner"
    FACILITATOR = "facilitator"
    COORDINATOR = "coordinator"
    TRANSLATOR = "translator"


class TextSize(StrEnum):
    """How large she reads: as her browser has it, or larger."""

    NORMAL = "normal"
    LARGER = "larger"
    LARGEST = "largest"


class Person(Model):
    """Somebody who joined: no e-mail, no telephone number, no password. `look`: under which of
    the names and pictures in web/looks.py others may see it on her phone."""

    __tablename__ = "person"

    name = Sealed()
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    role: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(35))
    pilot: Mapped[str] = mapped_column(String(2))
    zone: Mapped[str] = mapped_column(String(64))
    text_size: Mapped[str] = mapped_column(
        String(8), default=TextSize.NORMAL, server_default=TextSize.NORMAL
    )
    look: Mapped[str] = mapped_column(String(16), default=OWN, server_default=OWN)
    # The form she came in with, which may be sent again: a secret of her browser, on no other page.
    joined_with: Mapped[UUID | None] = mapped_column(unique=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "role IN ('participant', 'partner', 'facilitator', 'coordinator', 'translator')",
            name="role",
        ),
    )


class PilotWords(Model):
    """How often the words of a pilot's own have changed. Asked with every sign-in, so that each
    process sees when it must read them anew; counted in the transaction of the change, so that two
    changes come one after the other."""

    __tablename__ = "pilot_words"

    pilot: Mapped[str] = mapped_column(String(2), unique=True)
    changes: Mapped[int]


class Ring(StrEnum):
    """Whether a device rings: never asked to, yes, or it did and does no longer."""

    NO = "no"
    YES = "yes"
    LOST = "lost"


class SignIn(Model):
    """A person on a device. The cookie holds 32 random bytes; the row holds their SHA-256."""

    __tablename__ = "sign_in"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    ring: Mapped[str] = mapped_column(String(4), default=Ring.NO, server_default="no")
    # How the lock of a shared phone calls her.
    known_as = Sealed()
    known_as_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Where she set a PIN: people/locks.py.
    pin_hash: Mapped[str | None] = mapped_column(String(120))
    idle_minutes: Mapped[int | None]
    # Where she reads without a line, since only she uses this phone: today/reading.py.
    reads_offline: Mapped[bool] = mapped_column(default=False, server_default=false())
    wrong_pins: Mapped[int] = mapped_column(default=0, server_default="0")
    pin_waits_until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class SpareKey(Model):
    """A card she keeps: it signs in another phone, once. One per person; a new one ends the old."""

    __tablename__ = "spare_key"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), unique=True
    )
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]


class Brake(Model):
    """How many more wrong codes are answered before a pause (a token bucket per kind of code).

    Counted for everybody together and never by network address: a whole town may share one.
    """

    __tablename__ = "brake"

    action: Mapped[str] = mapped_column(String(32), unique=True)
    tokens: Mapped[float]
    filled_at: Mapped[datetime]
