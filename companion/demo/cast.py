"""Who is in the demo. Everybody here is invented."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from companion.people.models import Role
from companion.sealing import keyring

_NAMESPACE = UUID("6f6f1d5e-5f0a-4b52-9f6b-1f6e0a0e2a11")


@dataclass(frozen=True)
class Player:
    """One of the cast: who, as what, in which language."""

    name: str
    role: Role
    language: str

    @property
    def id(self) -> UUID:
        return uuid5(_NAMESPACE, self.name)

    @property
    def ticket(self) -> str:
        """What her link ends in: the same at every start, and nobody can guess it."""
        return keyring().sign(f"demo:{self.id}")[0]


AMINA = Player("Amina", Role.PARTICIPANT, "ar")
BEATRIZ = Player("Beatriz", Role.PARTICIPANT, "fr")
DRITA = Player("Drita", Role.PARTICIPANT, "sq")
GRACE = Player("Grace", Role.PARTICIPANT, "en")
LOTTE = Player("Lotte", Role.PARTICIPANT, "nl")
NOOR = Player("Noor", Role.PARTICIPANT, "nl")
FEMI = Player("Femi", Role.PARTNER, "en")
CHIPO = Player("Chipo", Role.FACILITATOR, "en")
WIL = Player("Wil", Role.FACILITATOR, "nl")
EDON = Player("Edon", Role.COORDINATOR, "en")

CAST = (AMINA, BEATRIZ, DRITA, GRACE, LOTTE, NOOR, FEMI, CHIPO, WIL, EDON)
