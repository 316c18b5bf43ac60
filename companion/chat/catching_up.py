"""What happened in a conversation since a number, drawn for the pages that are open on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from companion.chat import lines, scopes
from companion.chat.drawing import draw_for
from companion.chat.lines import Line
from companion.chat.models import Conversation, Message
from companion.chat.streams import Stream, event
from companion.i18n.wordings import Wordings
from companion.pilots.wordings import Shelf

AT_ONCE = 100

SpokenBy = Callable[[str], Wordings]  # a pilot's code


@dataclass(frozen=True)
class Event:
    """A change, drawn for one reader."""

    changed: int
    data: bytes


@dataclass(frozen=True)
class Missed:
    """What one stream has to be told before it can go along with the others."""

    events: Sequence[Event]
    upto: int
    is_stale: bool = False


@dataclass(frozen=True)
class Asked:
    """A room that wants to know what happened since its position."""

    group_id: UUID
    position: int
    streams: tuple[Stream, ...]


@dataclass(frozen=True)
class News:
    """What happened in a room, for each of its streams; there may be more."""

    events: Sequence[tuple[Stream, Sequence[Event]]]
    upto: int
    is_more: bool


def missed(
    db: Session, stream: Stream, after: int | None, known: int | None, shelf: Shelf, drafts: bool
) -> Missed:
    """What a stream missed since `after`; nothing, if its room is known to be no further. A number
    that was never given, or too far back, is stale: the page has to be opened anew. Raises
    NotFound when the conversation is not hers."""
    speakers = scopes.speakers(db, stream.reader, stream.group_id)
    stream.unheard = scopes.muted(speakers)
    if after is not None and after == known:
        return Missed((), after)
    last = lasts(db, [stream.group_id]).get(stream.group_id, 0)
    if after is None:
        return Missed((), last)
    rows = _changed(db, stream.group_id, after)
    if after > last or len(rows) > AT_ONCE:
        return Missed((), last, is_stale=True)
    found = lines.lines(db, stream.group_id, speakers, rows)
    upto = max([last, *(line.changed for line in found)])
    # Their number was asked for with her request, a moment ago.
    wordings = shelf.of_reader(db, stream.reader)
    return Missed(_events(found, stream, wordings, drafts), upto)


def since(db: Session, asked: Sequence[Asked], shelf: Shelf, drafts: bool) -> dict[UUID, News]:
    """What happened in these rooms."""
    # However many rooms and pages: each pilot's words are asked for once, and only to be drawn.
    spoken_by = cache(partial(shelf.of, db))
    return {each.group_id: _news(db, each, spoken_by, drafts) for each in asked}


def lasts(db: Session, group_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The number of the last change, by group."""
    return dict(db.execute(_lasts(), {"groups": group_ids}).all())


def _news(db: Session, asked: Asked, spoken_by: SpokenBy, drafts: bool) -> News:
    rows = _changed(db, asked.group_id, asked.position)
    if not rows:
        return News((), asked.position, is_more=False)
    some = rows[:AT_ONCE]
    found = lines.lines(db, asked.group_id, scopes.everybody(db, asked.group_id), some)
    told = [
        (stream, _events(found, stream, spoken_by(stream.reader.pilot), drafts))
        for stream in asked.streams
    ]
    return News(told, some[-1].changed, is_more=len(rows) > AT_ONCE)


def _events(found: Sequence[Line], stream: Stream, wordings: Wordings, drafts: bool) -> list[Event]:
    return [Event(line.changed, _data(line, stream, wordings, drafts)) for line in found]


def _data(line: Line, stream: Stream, wordings: Wordings, drafts: bool) -> bytes:
    return event(line.changed, draw_for(line, stream.reader, stream.unheard, drafts, wordings))


def _changed(db: Session, group_id: UUID, after: int) -> Sequence[Any]:
    return db.execute(_since(), {"group": group_id, "after": after}).all()


@cache
def _since() -> Select[*tuple[Any, ...]]:
    return (
        lines.columns()
        .where(Message.group_id == bindparam("group"), Message.changed > bindparam("after"))
        .order_by(Message.changed)
        .limit(AT_ONCE + 1)
    )


@cache
def _lasts() -> Select[UUID, int]:
    groups: Any = bindparam("groups", expanding=True)
    return select(Conversation.group_id, Conversation.last).where(Conversation.group_id.in_(groups))
