"""Whose conversation: every query on one starts here. A partner's place is the agreement's to give,
and a coordinator has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.hours import Hours
from companion.chat.models import Conversation, Mute, Pause, ReadMark
from companion.errors import NotFound
from companion.groups import agreements
from companion.groups.models import Acceptance, Agreement, Group, Membership
from companion.groups.scopes import lasts
from companion.people.models import Person, Role
from companion.people.reader import Reader
from companion.pilots.models import Site
from companion.pilots.pack import pilot
from companion.sessions.scopes import values, whoever
from companion.sessions.sparing import spared

NOTICE = timedelta(days=7)


@dataclass(frozen=True)
class Speaker:
    """Somebody in the conversation, as the reader knows her."""

    person_id: UUID
    membership_id: UUID
    name_sealed: bytes
    role: str
    is_muted: bool

    @cached_property
    def name(self) -> str:
        """Opened when it is needed: a stream that comes back needs none."""
        return Person.name.open(Person, self.name_sealed, self.person_id)


Speakers = Mapping[UUID, Speaker]


def name_in(speakers: Speakers, person_id: UUID | None) -> str:
    """Whoever left the group is not named any more."""
    found = speakers.get(person_id) if person_id else None
    return found.name if found else ""


def muted(speakers: Speakers) -> frozenset[UUID]:
    """Whom the reader of these does not want to read."""
    return frozenset(person_id for person_id, each in speakers.items() if each.is_muted)


@dataclass(frozen=True)
class Seat:
    """The reader's place in a conversation: what stands there, and what she is and may there."""

    reader: Reader
    group_id: UUID
    group_name: str
    zone: str
    speakers: Speakers
    last: int
    pinned: int | None
    hours: Hours
    notice_at: datetime | None
    agreement_id: UUID | None
    agreement: str
    welcomes_partners: bool
    is_accepted: bool
    read_to: int | None
    paused_until: datetime | None
    is_spared: bool

    @property
    def role(self) -> str:
        return self.speakers[self.reader.id].role

    @property
    def is_facilitator(self) -> bool:
        return self.role == Role.FACILITATOR

    @property
    def may_write(self) -> bool:
        return self.is_accepted and self.paused_until is None

    @property
    def erased_at(self) -> datetime | None:
        """When the conversation will be erased, once that has been announced."""
        return self.notice_at and self.notice_at + NOTICE

    def name_of(self, person_id: UUID | None) -> str:
        return name_in(self.speakers, person_id)

    @property
    def path(self) -> str:
        return f"/groups/{self.group_id}/chat"

    @property
    def opened(self) -> str:
        """The way into the open conversation. After a loss it opens only when she asks for it, and
        whoever is in it has asked."""
        return f"{self.path}?show=yes" if self.is_spared else self.path


def speakers(db: Session, reader: Reader, group_id: UUID) -> Speakers:
    """Who talks here. Raises NotFound to whoever has no place in this conversation."""
    found = everybody(db, group_id, reader.id)
    hers = found.get(reader.id)
    if hers is None:
        raise NotFound
    if hers.role == Role.PARTNER and not db.scalar(agreements.welcoming(group_id)):
        raise NotFound
    return found


def everybody(db: Session, group_id: UUID, reader_id: UUID | None = None) -> Speakers:
    """Who is in the group now, and whom the reader has muted. The caller has shown her scope."""
    rows = db.execute(_speakers(), {"reader": reader_id, "group": group_id})
    return {
        row.person_id: Speaker(
            row.person_id, row.id, row.name_sealed, row.role, row.mute_id is not None
        )
        for row in rows
    }


def seat(db: Session, reader: Reader, group_id: UUID) -> Seat:
    """Her place. Raises NotFound."""
    found = speakers(db, reader, group_id)
    row = db.execute(_standing(reader.role), values(reader, group=group_id, now=clock.now())).one()
    return Seat(
        reader=reader,
        group_id=group_id,
        group_name=row.name,
        zone=pilot(row.pilot).zone,
        speakers=found,
        last=row.last or 0,
        pinned=row.pinned,
        hours=Hours.of(row.hours),
        notice_at=row.notice_at,
        agreement_id=row.agreement_id,
        agreement=row.text or "",
        welcomes_partners=bool(row.welcomes_partners),
        is_accepted=row.accepted is not None,
        read_to=row.number,
        paused_until=row.until,
        is_spared=bool(row.spared),
    )


def facilitated(db: Session, reader: Reader, group_id: UUID) -> Seat:
    """Hers in a conversation that she looks after. Raises NotFound."""
    found = seat(db, reader, group_id)
    if not found.is_facilitator:
        raise NotFound
    return found


@cache
def _speakers() -> Select[Any, Any, Any, Any, Any]:
    hers = and_(Mute.person_id == bindparam("reader"), Mute.muted_id == Membership.person_id)
    return (
        select(
            Membership.person_id,
            Membership.id,
            Membership.role,
            Person.name_sealed,
            Mute.id.label("mute_id"),
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Mute, hers)
        .where(Membership.group_id == bindparam("group"), lasts())
    )


@cache
def _standing(role: str) -> Select[*tuple[Any, ...]]:
    who = whoever(role)
    reader = who.id
    newest = (
        select(func.max(Agreement.version))
        .where(Agreement.group_id == bindparam("group"))
        .scalar_subquery()
    )
    return (
        select(
            Group.name, Site.pilot, Conversation.last, Conversation.pinned, Conversation.hours,
            Conversation.notice_at, Agreement.id.label("agreement_id"), Agreement.text,
            Agreement.welcomes_partners, Acceptance.id.label("accepted"), ReadMark.number,
            Pause.until, spared(who).label("spared"),
        )
        .join(Site, Site.id == Group.site_id)
        .outerjoin(Conversation, Conversation.group_id == Group.id)
        .outerjoin(Agreement, (Agreement.group_id == Group.id) & (Agreement.version == newest))
        .outerjoin(
            Acceptance,
            (Acceptance.agreement_id == Agreement.id) & (Acceptance.person_id == reader),
        )
        .outerjoin(ReadMark, (ReadMark.group_id == Group.id) & (ReadMark.person_id == reader))
        .outerjoin(
            Pause,
            and_(
                Pause.group_id == Group.id,
                Pause.person_id == reader,
                Pause.until > bindparam("now"),
            ),
        )
        .where(Group.id == bindparam("group"))
    )  # fmt: skip
