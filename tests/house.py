"""Something of each kind that an address can name, for tests that go through every page."""

import hashlib
import json
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion import clock
from companion.chat.models import Conversation, Message, Report, Translation
from companion.db import Database
from companion.groups.models import Agreement, Invitation, Membership
from companion.journeys import scopes as journeys
from companion.journeys.models import Child
from companion.localisation.models import Remark
from companion.measurements.models import Measurement
from companion.notifications.keys import push_key
from companion.notifications.models import Notification, PushSubscription, State
from companion.packs.models import Adaptation
from companion.people.codes import digests
from companion.people.models import Role
from companion.pilots.pack import general_signs
from companion.pilots.wordings import key_of as wording_key
from companion.recordings.models import Recording
from companion.recordings.signs import key_of
from companion.reminders.models import OwnReminder
from companion.sessions.models import Note, Question, Topic, TopicText
from companion.web.assets import asset
from tests.cast import Cast, Player

# A phone's address, with keys that nobody has the other half of (RFC 8291, appendix A).
ENDPOINT = "https://fcm.googleapis.com/fcm/send/amina"
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"

NOTE = "Ask Chipo for the long list"  # Amina's own


@dataclass(frozen=True)
class House:
    """Something of each kind that an address can name, all of it Amina's or her group's."""

    ids: dict[str, str]

    def address(self, route: str) -> str:
        return route.split(" ", 1)[1].format(**self.ids)


def furnish(database: Database, cast: Cast) -> House:
    """Put something of each kind into the house."""
    with database.writing.begin() as db:
        journey = journeys.current(db, cast.amina.id)
        assert journey
        journey.wants_call_at = clock.now()
        child = Child(journey_id=journey.id, born_on=clock.today("UTC"))
        reading = Measurement(
            person_id=cast.amina.id,
            kind="weight",
            values='{"values": {"weight": "68.5"}, "unit": {"weight": "kg"}}',
            taken_at=clock.now(),
            written_at=clock.now(),
        )
        topic = Topic(session_id=cast.session_id, posted_at=clock.now())
        topic.texts = [TopicText(language="en", title="Sleeping", text="Well.")]
        question = Question(session_id=cast.session_id, text="Why?", asked_at=clock.now())
        agreement = Agreement(
            group_id=cast.group_id, version=1, text="Be kind.", written_at=clock.now()
        )
        invitation = Invitation(
            pilot="nl",
            group_id=cast.group_id,
            role=Role.PARTICIPANT,
            code_hash=digests("ABCDEFGH")[0],
            uses_left=1,
            created_at=clock.now(),
            expires_at=clock.now() + timedelta(hours=1),
        )
        note = Note(
            person_id=cast.amina.id,
            session_id=cast.session_id,
            text=NOTE,
            written_at=clock.now(),
            saves=["0" * 32],
        )
        db.add_all([child, reading, topic, question, agreement, invitation, note])
        beatriz = _membership(db, cast.beatriz.id)
        db.add(Conversation(group_id=cast.group_id, last=1))
        message = Message(
            group_id=cast.group_id,
            number=1,
            changed=1,
            author_id=cast.beatriz.id,
            role=Role.PARTICIPANT,
            text="Does anybody else wake up at four?",
            language="en",
            written_at=clock.now(),
            reactions={"heart": 1},
        )
        db.add(message)
        db.flush()
        report = Report(
            message_id=message.id,
            group_id=cast.group_id,
            by_id=cast.amina.id,
            reason="other",
            text=message.text,
            at=clock.now(),
        )
        translation = Translation(
            message_id=message.id,
            by_id=cast.beatriz.id,
            language="nl",
            text="Wordt er nog iemand om vier uur wakker?",
            written_at=clock.now(),
        )
        message.is_translated = True
        db.add_all([report, translation])
        phone = phone_of(cast.amina)
        test = Notification(
            person_id=cast.amina.id,
            kind="test",
            path="/reminders",
            once="0" * 32,
            topic="0" * 32,
            due_at=clock.now(),
            expires_at=clock.now() + timedelta(minutes=5),
            next_at=clock.now(),
            state=State.SENT,
            sent_at=clock.now(),
        )
        reminder = OwnReminder(
            person_id=cast.amina.id, text="My iron pills", at=time(9), weekdays=list(range(7))
        )
        recording = Recording(
            topic_id=topic.id,
            language="en",
            media_type="audio/aac",
            seconds=1,
            sound=b"\xff\xf1",
            made_at=clock.now(),
        )
        adaptation = Adaptation(
            pilot="nl",
            depth="deep",
            what="Grandmothers come too.",
            why="They decide.",
            adapted_on=clock.today("UTC"),
            written_at=clock.now(),
        )
        remark = Remark(
            pilot="nl",
            language="en",
            place="/more",
            words="My devices",
            better="My telephones",
            said_by_id=cast.amina.id,
            said_at=clock.now(),
        )
        db.add_all([phone, test, reminder, recording, adaptation, remark])
    named = {
        "journey": journey, "child": child, "reading": reading, "topic": topic,
        "question": question, "agreement": agreement, "invitation": invitation, "report": report,
        "translation": translation, "notification": test, "reminder": reminder,
        "recording": recording, "adaptation": adaptation, "remark": remark,
    }  # fmt: skip
    ids = {f"{name}_id": str(row.id) for name, row in named.items()} | {
        "group_id": str(cast.group_id),
        "session_id": str(cast.session_id),
        "site_id": str(cast.site_id),
        "sign_in_id": str(cast.amina.reader.sign_in_id),
        "membership_id": str(beatriz),
        "translator_id": str(cast.ilse.id),
        "pilot_code": "nl",
        "sign": key_of(general_signs().signs[0].says),
        "language": "en",
        "text_key": wording_key("companion", "", "Save"),
        "domain": "companion",
        "number": "1",
        "ticket": "made-up",
        "look": "companion",
        "sheet": "0123456789.svg",
        "name": _stylesheet(),
    }
    return House(ids | {"code": "a2"})


def phone_of(player: Player, endpoint: str = ENDPOINT) -> PushSubscription:
    """The phone that she is signed in on, as one that rings."""
    return PushSubscription(
        person_id=player.id,
        sign_in_id=player.reader.sign_in_id,
        address=json.dumps({"endpoint": endpoint, "p256dh": P256DH, "auth": AUTH}),
        endpoint_hash=hashlib.sha256(endpoint.encode()).digest(),
        service="https://fcm.googleapis.com",
        key_id=push_key().id,
        confirmed_at=clock.now(),
        failures=0,
    )


def _membership(db: Session, person_id: UUID) -> UUID:
    return db.scalars(select(Membership.id).where(Membership.person_id == person_id)).one()


def _stylesheet() -> str:
    return asset("companion.css").removeprefix("/static/")
