"""A card on which every sign was recorded is still small."""

from companion import clock
from companion.db import Database
from companion.pilots.pack import pilot
from companion.recordings.models import Recording
from companion.recordings.signs import signs_by_key
from tests.conftest import Browser


def test_a_card_with_every_sign_recorded_is_small(browser: Browser, database: Database) -> None:
    with database.writing.begin() as db:
        db.add_all(
            Recording(
                pilot="nl",
                sign=key,
                language="en",
                media_type="audio/aac",
                seconds=1,
                sound=b"x",
                made_at=clock.now(),
            )
            for key in signs_by_key(pilot("nl"))
        )

    answer = browser.get("/call/nl")

    assert answer.text.count("<audio") >= len(signs_by_key(pilot("nl")))
    assert int(answer.headers["content-length"]) <= 5000
