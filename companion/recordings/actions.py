"""Making a recording, taking it away, and finding the one that belongs somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from companion import clock
from companion.db import insert_into, new_id
from companion.errors import NotFound
from companion.people.reader import Reader
from companion.pilots.pack import pilot as pack
from companion.recordings import scopes
from companion.recordings.models import Recording
from companion.recordings.signs import key_of, signs_by_key
from companion.recordings.sounds import Sound
from companion.sessions.models import Topic

# As much as all that is fetched in a month of ordinary use.
MOST_AHEAD = 500_000


@dataclass(frozen=True)
class Made:
    """A recording without its sound."""

    id: UUID
    seconds: int
    made_at: datetime

    @property
    def address(self) -> str:
        return f"/recordings/{self.id}"


def keep_for_topic(db: Session, by: Reader, topic: Topic, language: str, sound: Sound) -> None:
    _keep(db, by, sound, ["topic_id", "language"], topic_id=topic.id, language=language)


def keep_for_sign(db: Session, by: Reader, sign: str, language: str, sound: Sound) -> None:
    """Of her pilot; `sign` is the key."""
    place = {"pilot": by.pilot, "sign": sign, "language": language}
    _keep(db, by, sound, ["pilot", "sign", "language"], **place)


def _keep(db: Session, by: Reader, sound: Sound, place: list[str], **where: Any) -> None:
    """In one statement, so that of two at once the later one stays."""
    new = {
        "id": new_id(),
        "media_type": sound.media_type,
        "seconds": sound.seconds,
        "sound": sound.content,
        "by_id": by.id,
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
    rows = db.execute(
        select(Recording.language, Recording.id, Recording.seconds, Recording.made_at).where(
            Recording.topic_id == topic_id
        )
    )
    return {row.language: Made(row.id, row.seconds, row.made_at) for row in rows}


def of_signs(db: Session, pilot: str) -> dict[tuple[str, str], Made]:
    """By key and language. The card of a country is for everybody."""
    rows = db.execute(_signs().where(Recording.pilot == pilot))
    return {(row.sign, row.language): Made(row.id, row.seconds, row.made_at) for row in rows}


def heard_on_card(db: Session, pilot: str, language: str) -> dict[str, str]:
    """Addresses by the English text of the sign. What is no longer on a card is left out."""
    signs = signs_by_key(pack(pilot))
    rows = db.execute(_signs().where(Recording.pilot == pilot, Recording.language == language))
    return {
        signs[row.sign]: Made(row.id, row.seconds, row.made_at).address
        for row in rows
        if row.sign in signs
    }


def ahead(db: Session, pilot: str, language: str, signs: Sequence[str]) -> list[str]:
    """Addresses of the recordings of these signs that a phone fetches before they are asked for:
    in this order, as many as have MOST_AHEAD bytes together."""
    rows = db.execute(
        select(Recording.sign, Recording.id, func.length(Recording.sound).label("size")).where(
            Recording.pilot == pilot, Recording.language == language
        )
    )
    found = {row.sign: row for row in rows}
    left, chosen = MOST_AHEAD, []
    for row in filter(None, (found.get(key_of(sign)) for sign in dict.fromkeys(signs))):
        if row.size <= left:
            left -= row.size
            chosen.append(f"/recordings/{row.id}")
    return chosen


def _signs() -> Select[*tuple[Any, ...]]:
    return select(
        Recording.sign, Recording.language, Recording.id, Recording.seconds, Recording.made_at
    )


def sign_of(reader: Reader, key: str) -> str:
    """The English text of a danger sign of her pilot. Raises NotFound."""
    text = signs_by_key(pack(reader.pilot)).get(key)
    if text is None:
        raise NotFound
    return text
