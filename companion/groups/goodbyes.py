"""Leaving a group, and being said goodbye to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound
from companion.groups import deeds, scopes
from companion.groups.models import Invitation, Membership
from companion.happenings import What, happened
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.wakes import wake


def leave(db: Session, reader: Reader, group_id: UUID, membership_id: UUID) -> None:
    """She leaves. The same form once more (it names her membership) changes nothing."""
    ended = select(Membership.id).where(
        Membership.id == membership_id,
        Membership.person_id == reader.id,
        Membership.group_id == group_id,
        ~scopes.lasts(),
    )
    if db.scalar(ended) is None:
        _end(db, scopes.membership(db, reader, group_id))


def guest(db: Session, reader: Reader, group_id: UUID, membership_id: UUID) -> Membership:
    """A membership that a facilitator of the group may end: nobody's who facilitates too."""
    group = scopes.facilitated(db, reader, group_id)
    found = db.scalar(
        select(Membership).where(
            Membership.id == membership_id,
            Membership.group_id == group.id,
            Membership.role != Role.FACILITATOR,
        )
    )
    if found is None:
        raise NotFound
    return found


def name_of(db: Session, membership: Membership) -> str:
    """Who is to be said goodbye to; nobody who is gone already."""
    lasting = select(Membership.id).where(Membership.id == membership.id, scopes.lasts())
    person = db.get(Person, membership.person_id)
    if person is None or db.scalar(lasting) is None:
        raise NotFound
    return person.name


def say_goodbye(db: Session, reader: Reader, group_id: UUID, membership_id: UUID) -> None:
    """A facilitator ends somebody's membership. Saying it twice says it once."""
    membership = guest(db, reader, group_id, membership_id)
    if membership.left_at is None:
        _end(db, membership)
        deeds.note(db, reader, group_id, deeds.Act.GOODBYE, membership.person_id)


def companion_of(db: Session, reader: Reader, group_id: UUID) -> Membership | None:
    """Whoever stands beside her in this group."""
    return db.scalar(
        select(Membership).where(
            Membership.group_id == group_id, Membership.beside_id == reader.id, scopes.lasts()
        )
    )


def stand_alone(db: Session, reader: Reader) -> None:
    """Nobody stands beside her any more, in any group, nor can with an invitation of hers."""
    if not reader.is_participant:
        raise NotFound
    _end_beside(db, reader.id, clock.now())


def _end(db: Session, membership: Membership) -> None:
    membership.left_at = clock.now()
    _tell(db, membership.person_id)
    _end_beside(db, membership.person_id, membership.left_at, membership.group_id)


def _end_beside(db: Session, person_id: UUID, now: datetime, group_id: UUID | None = None) -> None:
    """Who stands beside somebody is in the group for her sake alone, and goes with her."""
    partners = update(Membership).where(
        Membership.beside_id == person_id, Membership.left_at.is_(None)
    )
    waiting = update(Invitation).where(
        Invitation.beside_id == person_id, Invitation.revoked_at.is_(None)
    )
    if group_id is not None:
        partners = partners.where(Membership.group_id == group_id)
        waiting = waiting.where(Invitation.group_id == group_id)
    ended = db.execute(partners.values(left_at=now).returning(Membership.person_id))
    _tell(db, *ended.scalars())
    db.execute(waiting.values(revoked_at=now))


def _tell(db: Session, *person_ids: UUID) -> None:
    wake(db, *person_ids)
    happened(db, What.MEMBER_WENT, *person_ids)
