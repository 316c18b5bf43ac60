"""What people do about themselves: settle name and language, keep a spare key, leave."""

import unicodedata
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound, Refusal
from companion.happenings import What, happened
from companion.i18n import _
from companion.i18n.words import TURNERS
from companion.people import sign_ins
from companion.people.codes import SPARE_KEY_LENGTH, digests, new_code
from companion.people.models import Person, Role, SpareKey, TextSize
from companion.people.reader import Reader
from companion.web.looks import LOOKS

NAME_LENGTH = 40
# Letters that nobody sees.
UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def welcome(
    db: Session,
    name: str,
    language: str,
    role: Role,
    pilot: str,
    zone: str,
    person_id: UUID | None = None,
) -> Person:
    """A new person, of a pilot. A name is whatever the others shall call her."""
    person = Person(
        id=person_id,
        name=checked_name(name),
        language=language,
        role=role,
        pilot=pilot,
        zone=zone,
        joined_at=clock.now(),
    )
    db.add(person)
    return person


def checked_name(name: str) -> str:
    """A name on one line that somebody can see, and that does not turn the text around it."""
    name = " ".join(name.translate(TURNERS).split())
    if says_nothing(name):
        raise Refusal(_("Write the name that the others shall call you."), "name")
    if len(name) > NAME_LENGTH:
        raise Refusal(_("Write a name of at most %(most)s characters.", most=NAME_LENGTH), "name")
    return name


def says_nothing(text: str) -> bool:
    """Whether there is nothing in it that anybody could see."""
    return all(unicodedata.category(c)[0] in "CMZ" or c in UNSEEN for c in text)


def person(db: Session, person_id: UUID) -> Person:
    found = db.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def myself(db: Session, reader: Reader) -> Person:
    return person(db, reader.id)


def hold(db: Session, reader: Reader) -> None:
    """One thing at a time for this person: a second post of hers waits here for the first."""
    db.execute(select(Person.id).where(Person.id == reader.id).with_for_update(key_share=True))


def rename(db: Session, reader: Reader, name: str) -> None:
    myself(db, reader).name = checked_name(name)


def choose_language(db: Session, reader: Reader, language: str) -> None:
    myself(db, reader).language = language


def choose_text_size(db: Session, reader: Reader, size: str) -> None:
    if size not in list(TextSize):
        raise Refusal(_("This text size is not offered here."), "size")
    myself(db, reader).text_size = size


def choose_look(db: Session, reader: Reader, look: str) -> None:
    if look not in LOOKS:
        raise Refusal(_("Choose one of these names."), "look")
    myself(db, reader).look = look


def choose_zone(db: Session, reader: Reader, zone: str) -> None:
    """By which clock she lives (IANA name)."""
    myself(db, reader).zone = zone


def leave(db: Session, reader: Reader) -> None:
    """She leaves Companion."""
    see_off(db, myself(db, reader))


def see_off(db: Session, person: Person) -> None:
    """Somebody is not here any more: every device is signed out and the spare key is gone. The
    caller has shown that it is hers to do."""
    person.left_at = clock.now()
    sign_ins.revoke_all(db, person.id)
    happened(db, What.PERSON_LEFT, person.id)
    db.execute(delete(SpareKey).where(SpareKey.person_id == person.id))


def has_spare_key(db: Session, reader: Reader) -> bool:
    return db.scalar(select(SpareKey.id).where(SpareKey.person_id == reader.id)) is not None


def make_spare_key(db: Session, reader: Reader) -> str:
    """A new spare key, shown this once; the one before stops working."""
    hold(db, reader)
    db.execute(delete(SpareKey).where(SpareKey.person_id == reader.id))
    code = new_code(SPARE_KEY_LENGTH)
    db.add(SpareKey(person_id=reader.id, code_hash=digests(code)[0], created_at=clock.now()))
    return code


def use_spare_key(db: Session, code: str) -> Person | None:
    """Whose key this is; it works once. None when nobody's."""
    key = db.scalar(select(SpareKey).where(SpareKey.code_hash.in_(digests(code))))
    if key is None:
        return None
    person = db.scalar(select(Person).where(Person.id == key.person_id, Person.left_at.is_(None)))
    db.delete(key)
    return person
