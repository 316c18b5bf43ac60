"""Topics: what a session is about, each in one or several of the group's languages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, not_, select
from sqlalchemy.orm import Session, selectinload

from companion import clock
from companion.errors import NotFound, SavedBefore
from companion.happenings import What, happened
from companion.i18n import language, themed
from companion.i18n.catalogues import look_up
from companion.i18n.wordings import Wordings
from companion.people import actions as people
from companion.people.reader import Reader
from companion.sessions import scopes
from companion.sessions.models import GroupSession, Topic, TopicText
from companion.sessions.sparing import is_spared, spared


@dataclass(frozen=True)
class Written:
    """A topic in one language, as a facilitator writes it."""

    language: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class TopicLine:
    """A topic in a list: its title as the reader reads it, and the language that it is in."""

    id: UUID
    session_id: UUID
    theme: str
    title: str
    language: str
    posted_at: datetime

    @property
    def address(self) -> str:
        return f"/topics/{self.id}"


class InALanguage(Protocol):
    @property
    def language(self) -> Any: ...


Text = TypeVar("Text", bound=InALanguage)


def for_reader(texts: Sequence[Text], code: str) -> Text:
    """The text in her language, else along its fallbacks, else the first."""
    chain = language(code).chain
    return min(
        texts,
        key=lambda text: chain.index(text.language) if text.language in chain else len(chain),
    )


@cache
def _rows(role: str) -> Select[*tuple[Any, ...]]:
    groups = scopes.ids(scopes.seen_by(scopes.whoever(role)))
    return (
        select(
            Topic.id,
            Topic.session_id,
            Topic.theme,
            Topic.posted_at,
            TopicText.language,
            TopicText.title,
        )
        .join(TopicText, TopicText.topic_id == Topic.id)
        .join(GroupSession, GroupSession.id == Topic.session_id)
        .where(GroupSession.group_id.in_(groups))
        .order_by(Topic.id, TopicText.position)
    )


@cache
def _rows_of_one(role: str) -> Select[*tuple[Any, ...]]:
    return _rows(role).where(Topic.session_id == bindparam("session"))


@cache
def _rows_since(role: str) -> Select[*tuple[Any, ...]]:
    return _rows(role).where(
        Topic.posted_at > bindparam("since"), not_(spared(scopes.whoever(role)))
    )


def of(db: Session, reader: Reader) -> list[TopicLine]:
    """The topics of all the sessions she sees, the oldest first."""
    return _lines(db, reader, _rows(reader.role))


def of_one(db: Session, reader: Reader, session_id: UUID) -> list[TopicLine]:
    return _lines(db, reader, _rows_of_one(reader.role), session=session_id)


def since(db: Session, reader: Reader, moment: datetime) -> list[TopicLine]:
    """Those posted since a moment; none after a loss."""
    return _lines(db, reader, _rows_since(reader.role), since=moment)


def _lines(
    db: Session, reader: Reader, rows: Select[*tuple[Any, ...]], **values: Any
) -> list[TopicLine]:
    found = db.execute(rows, scopes.values(reader, **values))
    texts = (for_reader(list(each), reader.language) for _, each in groupby(found, lambda r: r.id))
    return [
        TopicLine(each.id, each.session_id, each.theme, each.title, each.language, each.posted_at)
        for each in texts
    ]


def titles(lines: Sequence[TopicLine]) -> dict[UUID, list[str]]:
    """Titles by session."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for line in lines:
        found[line.session_id].append(line.title)
    return found


def readable(db: Session, reader: Reader, topic_id: UUID) -> tuple[Topic, scopes.Seat]:
    """A topic for a member of the group; after a loss it is not there. Raises NotFound."""
    found = scopes.topic(db, reader, topic_id)
    if is_spared(db, reader):
        raise NotFound
    return found


def blank(languages: Sequence[str]) -> list[Written]:
    return [Written(code) for code in languages]


def from_theme(
    theme: str, languages: Sequence[str], wordings: Wordings, *, drafts: bool
) -> list[Written]:
    """A theme of the programme as the title, in each language that has words for it."""
    said = {code: look_up(themed(theme), code, drafts, wordings) for code in languages}
    return [
        Written(code, text if found_in == code else "") for code, (text, found_in) in said.items()
    ]


def as_written(topic: Topic, languages: Sequence[str]) -> list[Written]:
    """What is there already, and an empty place for each other language of the group."""
    there = {text.language: Written(text.language, text.title, text.text) for text in topic.texts}
    return [there.pop(code, Written(code)) for code in languages] + list(there.values())


def post(
    db: Session, reader: Reader, seat: scopes.Seat, topic_id: UUID, theme: str, texts: list[Written]
) -> UUID:
    """Post a topic. The same id again is the same topic; elsewhere it is not found, and with
    other words it is refused."""
    people.hold(db, reader)
    there = db.get(Topic, topic_id, options=[selectinload(Topic.texts)])
    if there is not None:
        if there.session_id != seat.session.id:
            raise NotFound
        if as_written(there, [each.language for each in texts]) != texts:
            raise SavedBefore
        return there.id
    topic = Topic(
        id=topic_id,
        session_id=seat.session.id,
        theme=theme,
        posted_by_id=reader.id,
        posted_at=clock.now(),
        texts=[],
    )
    rewrite(topic, texts)
    db.add(topic)
    happened(db, What.TOPIC_POSTED, topic.id, by_id=reader.id)
    return topic.id


def rewrite(topic: Topic, texts: list[Written]) -> None:
    """Let a topic say this, and nothing else."""
    there = {text.language: text for text in topic.texts}
    topic.texts[:] = [there.get(each.language) or TopicText(topic_id=topic.id) for each in texts]
    for position, (text, each) in enumerate(zip(topic.texts, texts, strict=True)):
        text.position, text.language = position, each.language
        text.title, text.text = each.title, each.text


def erase(db: Session, reader: Reader, topic_id: UUID) -> UUID:
    """Take a topic away; what comes back is its session."""
    topic, seat = scopes.facilitated_topic(db, reader, topic_id)
    db.delete(topic)
    return seat.session.id
