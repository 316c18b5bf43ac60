"""The person asking: what every page needs to know of her, read as columns in one query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from companion.people.models import Ring, Role, TextSize
from companion.sealing import keyring
from companion.web.looks import OWN


def marks_of(person_id: UUID) -> list[str]:
    """By each of the sealing keys, the newest first."""
    return [each[:16] for each in keyring().sign(f"mark:{person_id}")]


@dataclass(frozen=True)
class Lock:
    """What this device asks her for: the PIN with this hash, after so many idle minutes; and until
    when none may be tried."""

    pin_hash: str = field(repr=False)
    minutes: int
    waits_until: datetime | None = None


@dataclass(frozen=True)
class Reader:
    """Somebody signed in on this device; `ring` is whether it rings for her, `words` how often the
    words of her pilot have changed, `lock` what it asks her for, `reads_offline` whether it keeps
    her pages."""

    id: UUID
    name: str
    role: str
    language: str
    pilot: str
    zone: str
    sign_in_id: UUID
    look: str = OWN
    text_size: str = TextSize.NORMAL
    ring: str = Ring.NO
    words: int = 0
    lock: Lock | None = None
    reads_offline: bool = False

    @classmethod
    def without_device(
        cls, person_id: UUID, role: str, language: str, pilot: str, zone: str, *, look: str
    ) -> Self:
        """Somebody who does not ask herself, for what is looked up on her behalf."""
        nowhere = UUID(int=0)
        return cls(person_id, "", role, language, pilot, zone, nowhere, look)

    @property
    def discreet(self) -> bool:
        """Whether her phone is to give nothing away: it has a neutral name and picture."""
        return self.look != OWN

    @property
    def mark(self) -> str:
        """Of her in the forms that she fills in: it says to the server alone who she is."""
        return marks_of(self.id)[0]

    @property
    def is_staff(self) -> bool:
        """Facilitators, coordinators and translators: here for others, with no record to keep."""
        return self.role in (Role.FACILITATOR, Role.COORDINATOR, Role.TRANSLATOR)

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR

    @property
    def is_translator(self) -> bool:
        return self.role == Role.TRANSLATOR

    @property
    def translates(self) -> bool:
        """Whether the words of her pilot are hers to change."""
        return self.is_coordinator or self.is_translator

    @property
    def is_participant(self) -> bool:
        return self.role == Role.PARTICIPANT
