"""Who is spared after a loss: nothing about a pregnancy or a baby reaches her any more."""

from collections.abc import Collection
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from companion.groups import scopes as groups
from companion.groups.models import Membership
from companion.journeys.models import Journey, State
from companion.people.reader import Reader
from companion.sessions.scopes import values, whoever


def is_spared(db: Session, reader: Reader) -> bool:
    """Her own journey ended in a loss; or that of somebody she stands beside, who wants her spared
    as well. Until then her pages stay as they were: nobody learns of a loss from Companion."""
    return not reader.is_staff and bool(db.scalar(_asked(reader.role), values(reader)))


@cache
def _asked(role: str) -> Select[bool]:
    return select(spared(whoever(role)))


def spared_among(db: Session, person_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people are to be spared; staff are not asked about."""
    ended = select(Journey.person_id).where(Journey.state == State.ENDED, _is_newest())
    beside = (
        select(Membership.person_id)
        .join(Journey, Journey.person_id == Membership.beside_id)
        .where(
            Membership.person_id.in_(person_ids),
            groups.lasts(),
            Journey.state == State.ENDED,
            Journey.spares_beside,
            _is_newest(),
        )
    )
    own = ended.where(Journey.person_id.in_(person_ids))
    return set(db.scalars(own)) | set(db.scalars(beside))


def spared(reader: Reader) -> ColumnElement[bool]:
    """The same as a column, for a query that asks something else anyway."""
    if reader.is_staff:
        return false()
    beside = groups.memberships(reader).with_only_columns(Membership.beside_id).correlate(None)
    return exists().where(
        or_(Journey.person_id == reader.id, Journey.person_id.in_(beside) & Journey.spares_beside),
        Journey.state == State.ENDED,
        _is_newest(),
    )


def _is_newest() -> ColumnElement[bool]:
    newer = aliased(Journey)
    return ~exists().where(newer.person_id == Journey.person_id, newer.id > Journey.id)
