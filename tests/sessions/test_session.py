"""One session: what it shows to a member, a facilitator, a coordinator, and to nobody else."""

from datetime import date

import pytest
from sqlalchemy import update

from companion.db import Database
from companion.people.models import Person
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import Browser
from tests.sessions.conftest import Counter, plan_session, post_topic


def test_a_member_sees_when_where_and_what_it_is_about(
    browser: Browser, database: Database, cast: Cast
) -> None:
    topic_id = post_topic(database, cast.session_id, nl="Slaap", en="Sleep")
    browser.sign_in(cast.amina.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert "Thursday 26 November, 10:00" in page
    assert "Until 12:00" in page
    assert "Latour 1" in page
    assert f'href="/topics/{topic_id}"' in page
    assert "Body changes" in page
    assert "</svg>Blood pressure</li>" in page
    assert "Write about it" not in page


def test_the_checks_of_a_child_stand_apart_from_her_own(
    browser: Browser, database: Database, cast: Cast
) -> None:
    _set(database, cast, checks=["blood-pressure", "child-weight", "no-longer-known"])
    browser.sign_in(cast.amina.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert page.index("Of yourself") < page.index("Blood pressure")
    assert page.index("Blood pressure") < page.index("Of your child")
    assert page.index("Of your child") < page.index("</svg>Weight</li>")


def test_a_link_to_take_part_online_is_a_link(
    browser: Browser, database: Database, cast: Cast
) -> None:
    _set(database, cast, online_link="https://meet.example/1?a=1&b=2")
    browser.sign_in(cast.amina.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert 'href="https://meet.example/1?a=1&amp;b=2" rel="noreferrer noopener"' in page


def test_a_facilitator_sees_who_said_what(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})
    browser.sign_in(cast.femi.token)
    browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "no"})
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    coming, cannot = page.index("<h3>Coming"), page.index("<h3>Cannot come")
    silent = page.index("<h3>Have not answered")
    assert coming < page.index("<bdi>Amina</bdi>") < cannot
    assert cannot < page.index("<bdi>Femi</bdi>") < silent < page.index("<bdi>Beatriz</bdi>")
    assert "<bdi>Hana</bdi>" not in page
    assert "<bdi>Chipo</bdi>" not in page


def test_a_participant_sees_how_many_come_and_no_names(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})
    browser.sign_in(cast.beatriz.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert "Amina" not in page
    assert f'href="/sessions/{cast.session_id}/change"' not in page


def test_a_coordinator_sees_it_without_names_or_questions(
    browser: Browser, database: Database, cast: Cast
) -> None:
    post_topic(database, cast.session_id, en="Sleep")
    browser.sign_in(cast.amina.token)
    browser.post_form(
        f"/sessions/{cast.session_id}/questions", {"question": "May I fly?", "named": "yes"}
    )
    browser.sign_in(cast.edon.token)

    page = browser.get(f"/sessions/{cast.session_id}")

    assert page.status_code == 200
    assert "Thursday 26 November" in page.text
    assert "Sleep" in page.text
    assert "Amina" not in page.text
    assert "May I fly?" not in page.text
    assert page.text.count("<form") == 1
    assert f'action="/sessions/{cast.session_id}/note"' in page.text
    assert "/topics/" not in page.text


def test_a_coordinator_of_another_pilot_does_not_find_it(
    browser: Browser, database: Database, cast: Cast
) -> None:
    with database.writing.begin() as db:
        db.execute(update(Person).where(Person.id == cast.edon.id).values(pilot="gh"))
    browser.sign_in(cast.edon.token)

    assert browser.get(f"/sessions/{cast.session_id}").status_code == 404


@pytest.mark.parametrize("name", ["dewi", "gita", "hana"])
def test_nobody_else_finds_it(browser: Browser, cast: Cast, name: str) -> None:
    browser.sign_in(getattr(cast, name).token)

    assert browser.get(f"/sessions/{cast.session_id}").status_code == 404


def test_an_unknown_session_is_not_found(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.get(f"/sessions/{cast.group_id}").status_code == 404
    assert browser.get("/sessions/26").status_code == 404


def test_somebody_signed_out_is_asked_to_sign_in(browser: Browser, cast: Cast) -> None:
    answer = browser.get(f"/sessions/{cast.session_id}", follow_redirects=False)

    assert answer.headers["location"] == "/welcome"


def test_the_page_asks_the_same_few_questions_however_much_is_there(
    browser: Browser, database: Database, cast: Cast, counting: Counter
) -> None:
    browser.sign_in(cast.chipo.token)
    with counting() as few:
        browser.get(f"/sessions/{cast.session_id}")
    plan_session(database, cast.group_id, 2, date(2026, 12, 10))
    for number in range(4):
        post_topic(database, cast.session_id, nl=f"Slaap {number}", en=f"Sleep {number}")
        browser.post_form(
            f"/sessions/{cast.session_id}/questions", {"question": f"Question {number}?"}
        )

    with counting() as many:
        page = browser.get(f"/sessions/{cast.session_id}").text

    assert "Question 3?" in page
    assert "Sleep 3" in page
    assert len(many) == len(few) <= 8


def _set(database: Database, cast: Cast, **values: object) -> None:
    with database.writing.begin() as db:
        session = db.get_one(GroupSession, cast.session_id)
        for name, value in values.items():
            setattr(session, name, value)
