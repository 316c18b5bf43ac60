"""How long a conversation is kept: as long as the pilot says after its last sign of life, and then
it is really erased, after a week's notice in the group."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, func, select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.models import Conversation, Message, Pause, ReadMark, Report
from companion.chat.numbers import set_notice, take
from companion.chat.scopes import NOTICE
from companion.groups.models import Deed, Group
from companion.pilots.models import Site
from companion.pilots.pack import pilot, pilots
from companion.pilots.pilot import Pilot
from companion.sessions.models import GroupSession, Question

ERASED = (Report, Message, Pause, ReadMark, Deed)


def tidy(db: Session) -> None:
    """Announce what will be erased in a week, erase what was announced a week ago, and take the
    announcement back where there is life again. Doing it twice does it once."""
    for row in db.execute(_conversations()).all():
        if not _is_old(row) and row.notice_at:
            set_notice(db, row.group_id, None)
        elif _is_old(row) and row.notice_at is None:
            set_notice(db, row.group_id, clock.now())
        elif _is_old(row) and row.notice_at + NOTICE <= clock.now():
            _erase(db, row.group_id)
    for each in pilots().values():
        _erase_deeds(db, each)


def _is_old(row: Row[Any]) -> bool:
    """Whether its time is over in a week."""
    return _ends_at(row) - NOTICE <= clock.now()


def _ends_at(row: Row[Any]) -> datetime:
    lived: datetime = max(each for each in (row.said_at, row.met_at) if each)
    return lived + timedelta(days=pilot(row.pilot).chat_kept_days)


def _conversations() -> Select[*tuple[Any, ...]]:
    """Those with something in them: when the last word was said, when the last session is."""
    return (
        select(
            Conversation.group_id,
            Conversation.notice_at,
            Site.pilot,
            select(func.max(Message.written_at))
            .where(Message.group_id == Group.id)
            .scalar_subquery()
            .label("said_at"),
            select(func.max(GroupSession.starts_at))
            .where(GroupSession.group_id == Group.id, GroupSession.state == "planned")
            .scalar_subquery()
            .label("met_at"),
        )
        .join(Group, Group.id == Conversation.group_id)
        .join(Site, Site.id == Group.site_id)
        .where(select(Message.id).where(Message.group_id == Group.id).exists())
    )


def _erase(db: Session, group_id: UUID) -> None:
    """Everything that was said, and what was written down about it. The numbers go on: none is ever
    given twice."""
    take(db, group_id)
    # From here on nobody says anything; somebody may have, since we looked.
    row = db.execute(_conversations().where(Conversation.group_id == group_id)).one_or_none()
    if row is None or not _is_old(row) or row.notice_at is None:
        return
    parked = select(Message.question_id).where(
        Message.group_id == group_id, Message.question_id.is_not(None)
    )
    db.execute(delete(Question).where(Question.id.in_(parked)))
    for kind in ERASED:
        db.execute(delete(kind).where(kind.group_id == group_id))
    held = update(Conversation).where(Conversation.group_id == group_id)
    db.execute(held.values(notice_at=None, pinned=None))


def _erase_deeds(db: Session, of: Pilot) -> None:
    """What was done about whom is kept no longer than what was said."""
    groups = select(Group.id).join(Site, Site.id == Group.site_id).where(Site.pilot == of.code)
    since = clock.now() - timedelta(days=of.chat_kept_days)
    db.execute(delete(Deed).where(Deed.group_id.in_(groups), Deed.at < since))
