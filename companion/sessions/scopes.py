"""Whose sessions: every query on a session, a topic or a question starts here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam
from sqlalchemy.orm import Session, selectinload

from companion.errors import NotFound
from companion.groups import scopes as groups
from companion.groups.models import Group, Membership
from companion.people.models import Role
from companion.people.reader import Reader
from companion.pilots.models import Site
from companion.sessions.models import GroupSession, Question, Topic


def seen_by(reader: Reader) -> Select[Group]:
    """The groups whose sessions she sees, with their site: her own, or those of her pilot."""
    if reader.is_coordinator:
        return groups.coordinated_by(reader)
    return groups.of(reader).join(Site, Site.id == Group.site_id)


def ids(of: Select[Group]) -> Select[UUID]:
    return of.with_only_columns(Group.id).correlate(None)


def whoever(role: str) -> Reader:
    """Stands for a reader, so that a statement is built once for everybody and not once a page:
    building costs more than asking. Who it really is comes with `values`."""
    who: Any = bindparam("reader")
    pilot: Any = bindparam("pilot")
    return Reader(who, name="", role=role, language="", pilot=pilot, zone="", sign_in_id=who)


def values(reader: Reader, **more: Any) -> dict[str, Any]:
    return {"reader": reader.id, "pilot": reader.pilot, **more}


@dataclass(frozen=True)
class Seat:
    """Where she sits: a session, its group, and what she is there."""

    session: GroupSession
    group: Group
    role: str

    @property
    def is_facilitator(self) -> bool:
        return self.role == Role.FACILITATOR


def seat(db: Session, reader: Reader, session_id: UUID) -> Seat:
    """Hers in a session of her own group. Raises NotFound, also for a coordinator."""
    found = _one(db, _seats(reader).where(GroupSession.id == session_id))
    return Seat(found.GroupSession, found.Group, found.role)


def facilitated(db: Session, reader: Reader, session_id: UUID) -> Seat:
    """Hers in a session that she facilitates. Raises NotFound."""
    return _facilitating(seat(db, reader, session_id))


def topic(db: Session, reader: Reader, topic_id: UUID) -> tuple[Topic, Seat]:
    """A topic of her own group, with its texts. Raises NotFound."""
    texts = selectinload(Topic.texts)
    found = _one(
        db,
        _seats(reader)
        .add_columns(Topic)
        .join(Topic, Topic.session_id == GroupSession.id)
        .where(Topic.id == topic_id)
        .options(texts),
    )
    return found.Topic, Seat(found.GroupSession, found.Group, found.role)


def facilitated_topic(db: Session, reader: Reader, topic_id: UUID) -> tuple[Topic, Seat]:
    found, hers = topic(db, reader, topic_id)
    return found, _facilitating(hers)


def question(db: Session, reader: Reader, question_id: UUID) -> tuple[Question, Seat]:
    """A question parked in her own group. Raises NotFound."""
    found = _one(
        db,
        _seats(reader)
        .add_columns(Question)
        .join(Question, Question.session_id == GroupSession.id)
        .where(Question.id == question_id),
    )
    return found.Question, Seat(found.GroupSession, found.Group, found.role)


def _seats(reader: Reader) -> Select[Any, Any, Any]:
    return (
        groups.of(reader)
        .add_columns(GroupSession, Membership.role)
        .join(GroupSession, GroupSession.group_id == Group.id)
    )


def _one(db: Session, rows: Select[Any]) -> Any:
    found = db.execute(rows).one_or_none()
    if found is None:
        raise NotFound
    return found


def _facilitating(hers: Seat) -> Seat:
    if not hers.is_facilitator:
        raise NotFound
    return hers
