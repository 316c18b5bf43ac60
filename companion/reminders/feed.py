"""The calendar feed (RFC 5545): her sessions at a secret address, for the calendar of her phone.

Titles say no more than a number, and under a neutral name not even where. A session keeps its UID,
and a changed one has a higher SEQUENCE, so that calendars move what they have.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vDuration
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from companion import clock
from companion.db import moment_of
from companion.errors import NotFound
from companion.i18n import Sentence, _, language
from companion.i18n.wordings import Wordings
from companion.i18n.words import Words
from companion.people import actions as people
from companion.people.models import Person
from companion.people.reader import Reader
from companion.reminders import choices
from companion.reminders.kinds import KINDS
from companion.reminders.models import CalendarFeed
from companion.reminders.planning import Someone, for_session, zone_of
from companion.sessions.cards import SessionCard
from companion.sessions.path import paths
from companion.web.looks import LOOKS

MEDIA_TYPE = "text/calendar"
SHOWN_PAST = timedelta(days=60)
FETCHED_EVERY = timedelta(hours=6)


def make(db: Session, reader: Reader) -> str:
    """A new secret, shown this once; the address before it stops working."""
    people.hold(db, reader)
    revoke(db, reader)
    secret = secrets.token_urlsafe(24)
    db.add(CalendarFeed(person_id=reader.id, secret_hash=_hash(secret), made_at=clock.now()))
    return secret


def revoke(db: Session, reader: Reader) -> None:
    db.execute(delete(CalendarFeed).where(CalendarFeed.person_id == reader.id))


def has_one(db: Session, reader: Reader) -> bool:
    return db.scalar(select(CalendarFeed.id).where(CalendarFeed.person_id == reader.id)) is not None


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True)
class Holder:
    """Whose feed it is."""

    reader: Reader
    who: Someone


def holder(db: Session, secret: str) -> Holder:
    """Whose secret this is. Raises NotFound; not when she has left: her feed is empty then, and
    calendars take away what they had, which they do not when nobody answers."""
    person = db.scalar(
        select(Person)
        .join(CalendarFeed, CalendarFeed.person_id == Person.id)
        .where(CalendarFeed.secret_hash == _hash(secret))
    )
    if person is None:
        raise NotFound
    zone = zone_of(person.zone, person.pilot)
    reader = Reader.without_device(
        person.id, person.role, person.language, person.pilot, zone, look=person.look
    )
    who = Someone(person.id, zone, choices.own(db, reader))
    return Holder(reader, who)


def calendar(db: Session, of: Holder, origin: str, wordings: Wordings, *, drafts: bool) -> bytes:
    """The feed as it is now. After a loss it is empty, unless she wants the sessions all the same:
    calendars then take away what they had."""
    words = Words(language(of.reader.language), drafts, wordings)
    made = Calendar()
    made.add("prodid", "-//Companion//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _say(words, LOOKS[of.reader.look].name))
    made.add("refresh-interval", FETCHED_EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(FETCHED_EVERY))
    for card in _shown(db, of):
        made.add_component(_event(card, of, words, origin))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _shown(db: Session, of: Holder) -> Sequence[SessionCard]:
    if of.reader.is_coordinator:
        return ()
    since = clock.now() - SHOWN_PAST
    cards = [card for path in paths(db, of.reader) for card in path.cards]
    wants = of.who.choices.wants_sessions_after_loss
    return [card for card in cards if card.starts_at > since and (wants or not card.is_spared)]


def _event(card: SessionCard, of: Holder, words: Words, origin: str) -> Event:
    event = Event()
    event.add("uid", f"{card.id}@companion")
    event.add("sequence", card.sequence)
    event.add("dtstamp", moment_of(card.id))
    event.add("dtstart", datetime.combine(card.day, card.at, ZoneInfo(card.zone)))
    event.add("duration", timedelta(minutes=card.minutes))
    event.add("status", "CANCELLED" if card.is_cancelled else "CONFIRMED")
    event.add("summary", _say(words, _title(card, of)))
    if not of.reader.discreet:
        event.add("url", f"{origin}/sessions/{card.id}")
        if card.place:
            event.add("location", ", ".join(each for each in (card.place, card.address) if each))
    if card.is_open and of.who.choices.wants(KINDS["session"], spared=card.is_spared):
        for due_at in _alarms(card, of.who):
            event.add_component(_alarm(due_at, _say(words, _title(card, of))))
    return event


def _title(card: SessionCard, of: Holder) -> Sentence:
    if of.reader.discreet:
        return _("Appointment")
    return _("Session %(number)s", number=card.number)


def _alarms(card: SessionCard, who: Someone) -> list[datetime]:
    """When her phone would ring; a calendar of its own can at least do the same."""
    words = for_session(who, card.id, card.starts_at, clock.now())
    quiet = who.choices.quiet(who.zone)
    moments = [(quiet.after(word.due_at), word.expires_at) for word in words]
    return [due_at for due_at, expires_at in moments if due_at < expires_at]


def _alarm(at: datetime, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", at, parameters={"VALUE": "DATE-TIME"})
    return alarm


def _say(words: Words, sentence: Sentence) -> str:
    # What is said here stands in no page: nothing in it is escaped for one.
    return words.say(sentence).unescape()


def tag(content: bytes) -> str:
    """What the feed is now, for a calendar that asks whether it has changed (RFC 9110, 8.8.3)."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def address(origin: str, secret: str) -> str:
    return f"{origin}/calendar/{secret}.ics"
