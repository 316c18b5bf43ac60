"""No page asks the database more than a handful of times, however many rows there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from companion import clock
from companion.chat.models import Conversation, Message
from companion.db import Database
from companion.groups.models import Membership
from companion.localisation.models import Remark
from companion.measurements.models import Measurement
from companion.people import actions
from companion.people.models import Role
from companion.reminders.models import OwnReminder
from companion.sessions.models import GroupSession, Question, Topic, TopicText
from tests.cast import Cast
from tests.conftest import Browser

HANDFUL = 8
PAGES = ("/", "/record", "/record/a2", "/sessions", "/sessions/{session}",
         "/sessions/{session}/note", "/groups/{group}", "/groups/{group}/agreement", "/call",
         "/kept", "/more", "/devices", "/journey",
         "/groups/{group}/chat", "/reminders", "/reminders/own", "/reminders/card",
         "/recordings", "/words", "/words/nl", "/words/nl/remarks", "/translators",
         "/remarks/new", "/lock", "/shared")  # fmt: skip


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        statements.append(statement)

    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", note)
    yield statements
    for engine in (database.reader, database.writer):
        event.remove(engine, "before_cursor_execute", note)


def _fill(database: Database, cast: Cast) -> None:
    """Thirty of everything that could be listed."""
    with database.writing.begin() as db:
        db.add(Conversation(group_id=cast.group_id, last=30))
        for number in range(30):
            person = actions.welcome(
                db, f"P{number}", "en", Role.PARTICIPANT, "nl", "Europe/Amsterdam"
            )
            actions.welcome(db, f"T{number}", "en", Role.TRANSLATOR, "nl", "Europe/Amsterdam")
            session = GroupSession(group_id=cast.group_id, number=number + 2, minutes=120)
            session.meet(date(2026, 12, 1) + timedelta(days=number), time(10), "Europe/Amsterdam")
            topic = Topic(session_id=cast.session_id, posted_at=clock.now())
            topic.texts = [TopicText(language="en", title=f"T{number}", text="…")]
            db.add_all([session, topic])
            db.flush()
            db.add_all(
                [
                    Membership(
                        group_id=cast.group_id,
                        person_id=person.id,
                        role=Role.PARTICIPANT,
                        joined_at=clock.now(),
                    ),
                    Question(
                        session_id=cast.session_id,
                        asked_by_id=person.id,
                        text="Why?",
                        asked_at=clock.now(),
                    ),
                    Message(
                        group_id=cast.group_id,
                        number=number + 1,
                        changed=number + 1,
                        author_id=person.id,
                        role=Role.PARTICIPANT,
                        text="Good morning",
                        language="en",
                        written_at=clock.now(),
                        reactions={"heart": 2},
                    ),
                    Measurement(
                        person_id=cast.amina.id,
                        kind="weight",
                        values='{"values": {"weight": "68.5"}, "unit": {"weight": "kg"}}',
                        taken_at=clock.now() - timedelta(days=number),
                        written_at=clock.now(),
                    ),
                    Remark(
                        pilot="nl",
                        language=("nl", "ar", "en")[number % 3],
                        place="/",
                        words="Words",
                        better="",
                        said_by_id=person.id,
                        said_at=clock.now(),
                    ),
                    OwnReminder(
                        person_id=cast.amina.id, text="Walk", at=time(9), weekdays=[number % 7]
                    ),
                ]
            )


@pytest.mark.parametrize("actor", ["amina", "chipo", "edon", "ilse"])
def test_every_page_asks_a_handful_of_times_with_many_rows_as_with_few(
    browser: Browser, cast: Cast, database: Database, actor: str
) -> None:
    browser.sign_in(getattr(cast, actor).token)
    few = _count_all(browser, cast, database)
    _fill(database, cast)
    many = _count_all(browser, cast, database)

    assert {page: count for page, count in many.items() if count > HANDFUL} == {}
    assert many == few


def _count_all(browser: Browser, cast: Cast, database: Database) -> dict[str, int]:
    found = {}
    for page in PAGES:
        with _counted(database) as statements:
            browser.get(page.format(session=cast.session_id, group=cast.group_id))
        found[page] = len([each for each in statements if each.lstrip().upper()[:6] == "SELECT"])
    return found
