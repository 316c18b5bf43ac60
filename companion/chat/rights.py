"""Whether those who have a page open may still read along."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from companion.chat import scopes
from companion.chat.scopes import Speakers
from companion.chat.streams import Stream
from companion.errors import NotFound
from companion.groups.models import Membership
from companion.groups.scopes import lasts
from companion.people import sign_ins

AT_ONCE = 500


def speakers(db: Session, stream: Stream) -> Speakers | None:
    """Who talks there, if she may still read it."""
    if not sign_ins.still_valid(db, [stream.reader.sign_in_id]):
        return None
    try:
        return scopes.speakers(db, stream.reader, stream.group_id)
    except NotFound:
        return None


def lapsed(db: Session, streams: Sequence[Stream]) -> list[Stream]:
    """Those whose sign-in or membership has ended, of many at once."""
    return [each for some in _parts(streams) for each in _lapsed(db, some)]


def _lapsed(db: Session, streams: Sequence[Stream]) -> list[Stream]:
    signed_in = sign_ins.still_valid(db, [each.reader.sign_in_id for each in streams])
    people = {"people": [each.reader.id for each in streams]}
    members = {(row.group_id, row.person_id) for row in db.execute(_memberships(), people)}
    return [
        each
        for each in streams
        if each.reader.sign_in_id not in signed_in or (each.group_id, each.reader.id) not in members
    ]


def _parts(streams: Sequence[Stream]) -> Iterator[Sequence[Stream]]:
    return (streams[start : start + AT_ONCE] for start in range(0, len(streams), AT_ONCE))


@cache
def _memberships() -> Select[UUID, UUID]:
    people: Any = bindparam("people", expanding=True)
    return select(Membership.group_id, Membership.person_id).where(
        Membership.person_id.in_(people), lasts()
    )
