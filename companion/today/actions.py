"""What who takes part finds on Today: the next session, what to write down, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from companion import clock
from companion.groups import actions as groups
from companion.i18n import Sentence, _
from companion.journeys import scopes as journeys
from companion.journeys import weeks
from companion.journeys.models import Journey, State
from companion.measurements.actions import done_kinds_since
from companion.measurements.kinds import Kind, kind_by_slug
from companion.people.reader import Reader
from companion.pilots.pack import pilot
from companion.sessions import actions as sessions
from companion.sessions.cards import SessionCard
from companion.sessions.sparing import is_spared
from companion.sessions.topics import TopicLine

IS_NEW = timedelta(days=14)


@dataclass(frozen=True)
class Check:
    """Something to write down, and whether it was done in the last seven days."""

    kind: Kind
    is_done: bool


@dataclass(frozen=True)
class Today:
    """Her day. `tags` are the week, or each child's age: here, and on no other page."""

    card: SessionCard | None
    tags: Sequence[Sentence]
    checks: Sequence[Check]
    topics: Sequence[TopicLine]
    has_group: bool


def greeting(name: str, moment: datetime, zone: str) -> Sentence:
    """Good morning from 5, good afternoon from 12, good evening from 18, by her own clock."""
    hour = moment.astimezone(ZoneInfo(zone)).hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s", name=name)
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s", name=name)
    return _("Good evening, %(name)s", name=name)


def today_of(db: Session, reader: Reader) -> Today:
    """Seven queries at most with the sign-in, or eight when the next session is cancelled."""
    card = sessions.next_of(db, reader)
    spared = card.is_spared if card else is_spared(db, reader)
    journey = None if spared else journeys.current(db, reader.id)
    topics = [] if spared else sessions.newest_topics(db, reader, clock.now() - IS_NEW)
    return Today(
        card=card,
        tags=_tags(journey, reader),
        checks=_checks(db, reader, journey, _asked(db, reader, card)),
        topics=topics,
        has_group=bool(card or topics or groups.home(db, reader)),
    )


def _tags(journey: Journey | None, reader: Reader) -> list[Sentence]:
    today = clock.today(reader.zone)
    if journey and journey.state == State.BORN:
        return [
            _("%(name)s: %(age)s", name=child.name, age=weeks.age(child.born_on, today))
            if child.name
            else weeks.age(child.born_on, today)
            for child in journey.children
        ]
    said = weeks.along(journey.due_on, today) if journey and journey.due_on else None
    return [said] if said else []


def _asked(db: Session, reader: Reader, card: SessionCard | None) -> tuple[str, ...]:
    """What her next session asks for, by slug; one that is cancelled asks for nothing."""
    if card is None or card.is_spared:
        return ()
    return sessions.checks_asked(db, reader) if card.is_cancelled else card.checks


def _checks(
    db: Session, reader: Reader, journey: Journey | None, asked: tuple[str, ...]
) -> list[Check]:
    """Of herself alone: somebody who stands beside her has nothing to measure."""
    if not reader.is_participant:
        return []
    done = done_kinds_since(db, reader.id, clock.now() - sessions.IS_DONE)
    is_expecting = journey is not None and journey.state == State.EXPECTING
    kinds = _kinds(reader, asked, is_expecting) or _kinds(
        reader, sessions.ALWAYS_WORTH, is_expecting
    )
    return [Check(kind, kind.slug in done) for kind in kinds]


def _kinds(reader: Reader, slugs: Sequence[str], is_expecting: bool) -> list[Kind]:
    found = (kind_by_slug(slug, pilot(reader.pilot).units) for slug in slugs)
    return [
        kind
        for kind in found
        if kind and kind.about == "her" and (is_expecting or not kind.is_pregnancy)
    ]
