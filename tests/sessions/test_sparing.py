"""After a loss: when and where, and nothing about a pregnancy or a baby."""

from datetime import date, timedelta

import pytest

from companion.db import Database
from companion.journeys.models import Journey, State
from companion.sessions import actions
from companion.sessions.sparing import is_spared
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.sessions.conftest import end_journey, post_topic


@pytest.mark.parametrize("is_wished", [False, True], ids=["alone", "with who stands beside her"])
@pytest.mark.parametrize("name", ["amina", "femi", "beatriz", "chipo"])
def test_she_is_spared_and_if_she_wishes_who_stands_beside_her(
    database: Database, cast: Cast, name: str, is_wished: bool
) -> None:
    reader = getattr(cast, name).reader
    with database.reading() as db:
        assert not is_spared(db, reader)

    end_journey(database, cast, spares_beside=is_wished)

    with database.reading() as db:
        assert is_spared(db, reader) is (name == "amina" or (name == "femi" and is_wished))


def test_a_new_journey_ends_the_sparing(
    database: Database, cast: Cast, held_clock: HeldClock
) -> None:
    end_journey(database, cast, spares_beside=True)
    held_clock.moment += timedelta(days=200)
    with database.writing.begin() as db:
        db.add(
            Journey(
                person_id=cast.amina.id,
                due_on=date(2028, 1, 1),
                known_by="given",
                state=State.EXPECTING,
                since_on=NOW.date(),
            )
        )

    with database.reading() as db:
        assert not is_spared(db, cast.amina.reader)
        assert not is_spared(db, cast.femi.reader)


@pytest.mark.parametrize("name", ["amina", "femi"])
def test_the_pages_say_only_when_and_where(
    browser: Browser, database: Database, cast: Cast, name: str
) -> None:
    topic_id = post_topic(database, cast.session_id, en="Sleep")
    browser.sign_in(cast.beatriz.token)
    browser.post_form(f"/sessions/{cast.session_id}/questions", {"question": "May I fly?"})
    end_journey(database, cast, spares_beside=True)
    browser.sign_in(getattr(cast, name).token)

    pages = [browser.get(each).text for each in ("/sessions", f"/sessions/{cast.session_id}")]

    for page in pages:
        assert "Thursday 26 November, 10:00" in page
        assert "Health centre Latour" in page
        for hidden in ("Sleep", "Body changes", "Blood pressure", "May I fly?", "about"):
            assert hidden not in page
    assert "I am coming" in pages[1]
    assert browser.get(f"/topics/{topic_id}").status_code == 404


def test_she_can_still_say_whether_she_comes(
    browser: Browser, database: Database, cast: Cast
) -> None:
    end_journey(database, cast)
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})

    assert answer.status_code == 303
    assert "You are coming." in browser.get(f"/sessions/{cast.session_id}").text


def test_the_others_see_everything_as_before(
    browser: Browser, database: Database, cast: Cast
) -> None:
    end_journey(database, cast)
    browser.sign_in(cast.beatriz.token)

    assert "Body changes" in browser.get(f"/sessions/{cast.session_id}").text


def test_nothing_of_it_reaches_her_first_page(database: Database, cast: Cast) -> None:
    post_topic(database, cast.session_id, en="Sleep")
    end_journey(database, cast)

    with database.reading() as db:
        card = actions.next_of(db, cast.amina.reader)
        assert card
        assert (card.about, card.themes, card.checks) == ((), (), ())
        assert card.place == "Health centre Latour"
        assert actions.newest_topics(db, cast.amina.reader, NOW.replace(year=2020)) == []
        assert actions.checks_asked(db, cast.amina.reader) == ()
