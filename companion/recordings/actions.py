"""Making a recording, taking it away, and finding the one that belongs somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.db import insert_into, new_id
from companion.errors import NotFound
from companion.i18n import Sentence
from companion.i18n.words import Words
from companion.people.reader import Reader
from companion.pilots.pack import pilot as pack
from companion.recordings import scopes
from companion.recordings.models import Recording
from companion.recordings.signs import key_of_words, signs_by_key
from companion.recordings.sounds import Sound
from companion.sessions.models import Topic
from companion.sessions.topics import TopicLine

# As much as all that is fetched in a month of ordinary use.
MOST_AHEAD = 500_000


@dataclass(frozen=True)
class Made:
    """A recording without its sound."""

    id: UUID
    seconds: int
    made_at: datetime
    words_key: str | None = None

    def is_of(self, words: str, title: str = "") -> bool:
        """Whether these are the words that are said in it."""
        return self.words_key in (None, key_of_words(words, title))

    @property
    def address(self) -> str:
        return f"/recordings/{self.id}"


def keep_for_topic(db: Session, by: Reader, topic: Topic, language: str, sound: Sound) -> None:
    text = next(each for each in topic.texts if each.language == language)
    where = {"topic_id": topic.id, "language": language}
    words_key = key_of_words(text.text, text.title)
    _keep(db, by.id, sound, ["topic_id", "language"], words_key=words_key, **where)


def keep_for_sign(
    db: Session,
    pilot: str,
    place: tuple[str, str],
    sound: Sound,
    *,
    words_key: str | None,
    by_id: UUID | None,
) -> None:
    """`place`: the sign's key and the language. Nobody made it, when it came at the terminal."""
    where = {"pilot": pilot, "sign": place[0], "language": place[1]}
    _keep(db, by_id, sound, ["pilot", "sign", "language"], words_key=words_key, **where)


def _keep(db: Session, by_id: UUID | None, sound: Sound, place: list[str], **where: Any) -> None:
    """In one statement, so that of two at once the later one stays."""
    new = {
        "id": new_id(),
        "media_type": sound.media_type,
        "seconds": sound.seconds,
        "sound": sound.content,
        "by_id": by_id,
        "made_at": clock.now(),
    }
    insert = insert_into(Recording.__table__, db.get_bind().dialect.name)
    db.execute(insert.values(new | where).on_conflict_do_update(index_elements=place, set_=new))


def remove(db: Session, reader: Reader, recording_id: UUID) -> UUID | None:
    """Take one away; what comes back is its topic, if it is of one. Raises NotFound."""
    recording = scopes.made_by(db, reader, recording_id)
    db.execute(delete(Recording).where(Recording.id == recording.id))
    return recording.topic_id


def of_topic(db: Session, topic_id: UUID) -> dict[str, Made]:
    """By language. Whoever may read the topic may hear them."""
    rows = db.execute(_made().where(Recording.topic_id == topic_id))
    return {row.language: _as_made(row) for row in rows}


def heard_of_topic(db: Session, topic: Topic) -> dict[str, str]:
    """Addresses by language, of those that say the topic as it is written now."""
    made = of_topic(db, topic.id)
    return {
        text.language: found.address
        for text in topic.texts
        if (found := made.get(text.language)) and found.is_of(text.text, text.title)
    }


def of_signs(db: Session, pilot: str) -> dict[tuple[str, str], Made]:
    """By key and language. The card of a country is for everybody."""
    rows = db.execute(_made().where(Recording.pilot == pilot))
    return {(row.sign, row.language): _as_made(row) for row in rows}


def heard_on_card(db: Session, pilot: str, words: Words) -> dict[str, str]:
    """Addresses by the English text of the sign, in the language of these words. What is no longer
    on the card, or stands there in other words than were said, is left out."""
    signs = signs_by_key(pack(pilot))
    of_card = _made().where(Recording.pilot == pilot, Recording.language == words.language.code)
    found = ((signs[row.sign], _as_made(row)) for row in db.execute(of_card) if row.sign in signs)
    return {sign: made.address for sign, made in found if made.is_of(words.say(Sentence(sign)))}


def heard_of_topics(db: Session, read: Sequence[TopicLine]) -> list[str]:
    """Addresses, in this order, of those that say these topics in the language they are read in."""
    rows = select(Recording.id, Recording.topic_id, Recording.language)
    found = db.execute(rows.where(Recording.topic_id.in_([line.id for line in read])))
    ids = {(row.topic_id, row.language): row.id for row in found}
    heard = (ids.get((line.id, line.language)) for line in read)
    return [f"/recordings/{recording_id}" for recording_id in heard if recording_id]


def ahead(db: Session, heard: Sequence[str]) -> list[str]:
    """Which of these recordings, by their addresses, a phone fetches before they are asked for: in
    this order, as many as have MOST_AHEAD bytes together."""
    ids = {UUID(address.rpartition("/")[2]): address for address in heard}
    size = select(Recording.id, func.length(Recording.sound).label("size"))
    rows = db.execute(size.where(Recording.id.in_(ids)))
    sizes = {ids[row.id]: row.size for row in rows}
    left, chosen = MOST_AHEAD, []
    for address in dict.fromkeys(heard):
        if sizes[address] <= left:
            left -= sizes[address]
            chosen.append(address)
    return chosen


def _made() -> Select[*tuple[Any, ...]]:
    return select(
        Recording.sign,
        Recording.language,
        Recording.id,
        Recording.seconds,
        Recording.made_at,
        Recording.words_key,
    )


def _as_made(row: Row[Any]) -> Made:
    return Made(row.id, row.seconds, row.made_at, row.words_key)


def sign_of(reader: Reader, key: str) -> str:
    """The English text of a danger sign of her pilot. Raises NotFound."""
    text = signs_by_key(pack(reader.pilot)).get(key)
    if text is None:
        raise NotFound
    return text
