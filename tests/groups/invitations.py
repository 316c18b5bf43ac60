"""Invitations for the tests: a row with a code that the test knows."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from companion import clock
from companion.db import Database, new_id
from companion.groups.models import Invitation, Membership
from companion.people.codes import digests
from companion.people.models import Person, Role
from tests.cast import Cast, Player

CODE = "ABCD2345"


def let_in(database: Database, cast: Cast, code: str = CODE, **columns: Any) -> None:
    """An invitation to the group, for one participant and for a day unless told."""
    given = {
        "pilot": "nl",
        "group_id": cast.group_id,
        "role": Role.PARTICIPANT,
        "uses_left": 1,
        "created_at": clock.now(),
        "expires_at": clock.now() + timedelta(days=1),
        **columns,
    }
    with database.writing.begin() as db:
        db.add(Invitation(code_hash=digests(code)[0], **given))


def form(name: str = "Imani", code: str = CODE, **fields: str) -> dict[str, str]:
    return {"id": str(new_id()), "code": code, "name": name, "language": "en", **fields}


def people(database: Database, name: str) -> list[Person]:
    """Everybody of this name: names are sealed and cannot be asked for."""
    with database.reading() as db:
        return [person for person in db.scalars(select(Person)) if person.name == name]


def uses_left(database: Database) -> list[int]:
    with database.reading() as db:
        return list(db.scalars(select(Invitation.uses_left)))


def membership(database: Database, cast: Cast, player: Player) -> Membership | None:
    """Somebody's membership of the group, ended or not."""
    with database.reading() as db:
        return db.scalar(
            select(Membership).where(
                Membership.group_id == cast.group_id, Membership.person_id == player.id
            )
        )
