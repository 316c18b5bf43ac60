"""Who translates for a pilot: the people whom its coordinator invited."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion.errors import NotFound
from companion.people import actions as people
from companion.people.models import Person, Role
from companion.people.reader import Reader


@dataclass(frozen=True)
class Translator:
    """Somebody who translates, as her coordinator sees her."""

    id: UUID
    name: str


def of(reader: Reader) -> Select[Person]:
    """Every query on translators starts here: those of the pilot that she coordinates."""
    own = reader.pilot if reader.is_coordinator else None
    return select(Person).where(Person.pilot == own, Person.role == Role.TRANSLATOR)


def here(db: Session, reader: Reader) -> list[Translator]:
    """Those who have not left, by name."""
    present = of(reader).where(Person.left_at.is_(None))
    rows = db.execute(present.with_only_columns(Person.id, Person.name_sealed))
    found = [Translator(row.id, Person.name.open(Person, row.name_sealed, row.id)) for row in rows]
    return sorted(found, key=lambda each: each.name.casefold())


def one(db: Session, reader: Reader, person_id: UUID) -> Translator:
    """Somebody to say goodbye to. Raises NotFound for whoever has left, too."""
    found = next((each for each in here(db, reader) if each.id == person_id), None)
    if found is None:
        raise NotFound
    return found


def say_goodbye(db: Session, reader: Reader, person_id: UUID) -> None:
    """She translates no more, and her words stay. Saying it twice says it once."""
    found = db.scalar(of(reader).where(Person.id == person_id))
    if found is None:
        raise NotFound
    if found.left_at is None:
        people.see_off(db, found)
