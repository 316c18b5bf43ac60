"""How far each has read: her own business, counted for her alone."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from companion.chat.models import Message, Mute, ReadMark
from companion.db import insert_into, new_id
from companion.groups import agreements
from companion.groups.models import Group, Membership
from companion.groups.scopes import lasts
from companion.people.models import Role
from companion.people.reader import Reader
from companion.sessions.scopes import values, whoever
from companion.sessions.sparing import spared


@dataclass(frozen=True)
class Unread:
    """A conversation of hers, and how many messages in it she has not seen."""

    group_id: UUID
    name: str
    count: int


def read(db: Session, *, group_id: UUID, person_id: UUID, number: int) -> None:
    """Somebody has now read up to a number; the mark never goes back."""
    row = {"id": new_id(), "group_id": group_id, "person_id": person_id, "number": number}
    db.connection().execute(_further(db.get_bind().dialect.name), row)


@cache
def _further(dialect: str) -> Any:
    table = ReadMark.__table__
    mark = insert_into(table, dialect)
    return mark.on_conflict_do_update(
        index_elements=["person_id", "group_id"],
        set_={"number": mark.excluded.number},
        where=table.c.number < mark.excluded.number,
    )


def unread(db: Session, reader: Reader) -> tuple[Unread, ...]:
    """Her conversations, the one she joined last first. After a loss nothing asks to be read.
    Coordinators and translators have none."""
    if reader.translates:
        return ()
    rows = db.execute(_unread(reader.role), values(reader))
    return tuple(Unread(row.id, row.name, 0 if row.spared else row.new) for row in rows)


@cache
def _unread(role: str) -> Select[*tuple[Any, ...]]:
    reader = whoever(role)
    muted = select(Mute.muted_id).where(Mute.person_id == reader.id)
    new = (
        select(func.count())
        .select_from(Message)
        .where(
            Message.group_id == Group.id,
            Message.number > func.coalesce(ReadMark.number, 0),
            Message.written_at >= Membership.joined_at,
            Message.author_id.is_distinct_from(bindparam("reader")),
            Message.deleted_at.is_(None),
            Message.hidden_at.is_(None),
            or_(Message.author_id.is_(None), Message.author_id.not_in(muted)),
        )
        .correlate(Group, ReadMark, Membership)
        .scalar_subquery()
    )
    welcome = agreements.welcoming(Group.id).correlate(Group).scalar_subquery()
    return (
        select(Group.id, Group.name, new.label("new"), spared(reader).label("spared"))
        .join(Membership, Membership.group_id == Group.id)
        .outerjoin(ReadMark, (ReadMark.group_id == Group.id) & (ReadMark.person_id == reader.id))
        .where(
            Membership.person_id == reader.id,
            lasts(),
            or_(Membership.role != Role.PARTNER, welcome),
        )
        .order_by(Membership.joined_at.desc(), Membership.id.desc())
    )
