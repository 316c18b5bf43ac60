"""What the tests about recordings share: sounds as files, a topic, and how a form sends one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from companion.db import Database
from companion.recordings.models import Recording
from tests.cast import Cast
from tests.conftest import Browser
from tests.sessions.conftest import post_topic

SOUNDS = Path(__file__).with_name("sounds")
Send = Callable[..., Any]


def sound_of(name: str) -> bytes:
    return (SOUNDS / name).read_bytes()


@pytest.fixture
def topic_id(database: Database, cast: Cast) -> UUID:
    return post_topic(database, cast.session_id, nl="Slaap", en="Sleep")


@pytest.fixture
def send(browser: Browser) -> Send:
    """Post a form as a browser does: `send(address, content)`."""

    def post(address: str, content: bytes, *, name: str = "x", kind: str = "audio/ogg") -> Any:
        files = {"sound": (name, content, kind)}
        return browser.post(address, files=files, follow_redirects=False)

    return post


@pytest.fixture
def recorded(database: Database, browser: Browser, cast: Cast, topic_id: UUID, send: Send) -> str:
    """The address of what Chipo recorded for the topic, in Dutch."""
    browser.sign_in(cast.chipo.token)
    answer = send(f"/topics/{topic_id}/recordings/nl", sound_of("opus.ogg"))
    assert answer.status_code == 303
    return f"/recordings/{only(database).id}"


def kept(database: Database) -> list[Recording]:
    with database.reading() as db:
        return _all(db)


def only(database: Database) -> Recording:
    (found,) = kept(database)
    return found


def _all(db: Session) -> list[Recording]:
    return list(
        db.scalars(select(Recording).options(undefer(Recording.sound)).order_by(Recording.id))
    )
