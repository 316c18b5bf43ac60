"""Today, for who takes part: the next session, what to write down, what is new, and the week."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from companion import clock
from companion.db import Database, new_id
from companion.people.models import Person
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import Browser, HeldClock
from tests.today.conftest import Counting, Posting


def today(browser: Browser, token: str) -> str:
    browser.sign_in(token)
    page = browser.get("/")
    assert page.status_code == 200
    return str(page.text)


def write_down_weight(browser: Browser) -> None:
    answer = browser.post_form("/record/a2", {"id": str(new_id()), "weight": "68,5"})
    assert answer.status_code == 303


def test_who_is_signed_out_is_welcomed(browser: Browser, cast: Cast) -> None:
    answer = browser.get("/", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/welcome")


@pytest.mark.parametrize(
    ("hour", "minute", "hello"),
    [
        (3, 59, "Good evening, Amina"),
        (4, 0, "Good morning, Amina"),
        (10, 59, "Good morning, Amina"),
        (11, 0, "Good afternoon, Amina"),
        (17, 0, "Good evening, Amina"),
    ],
)
def test_she_is_greeted_by_her_own_clock(
    browser: Browser, cast: Cast, held_clock: HeldClock, hour: int, minute: int, hello: str
) -> None:
    held_clock.moment = datetime(2026, 11, 22, hour, minute, tzinfo=UTC)

    assert f"<h1>{hello}</h1>" in today(browser, cast.amina.token)


def test_a_name_cannot_write_into_the_page(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).name = "<i>A%(x)s"

    assert "&lt;i&gt;A%(x)s</h1>" in today(browser, cast.amina.token)


def test_the_week_and_day_stand_here(browser: Browser, cast: Cast) -> None:
    assert '<span class="tag">24 weeks + 3 days</span>' in today(browser, cast.amina.token)


def test_long_after_the_due_date_no_week_is_counted(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    held_clock.moment += timedelta(days=200)

    assert "weeks" not in today(browser, cast.amina.token)


def test_after_the_birth_each_child_has_an_age(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    twins = {"children": "2", "born_on_1": "2026-11-20", "name_1": "Sam", "born_on_2": "2026-11-21"}
    browser.post_form("/journey/arrivals", twins)

    page = today(browser, cast.amina.token)

    assert '<span class="tag">Sam: 2 days</span>' in page
    assert '<span class="tag">1 day</span>' in page
    assert "weeks" not in page


def test_the_next_session_says_when_where_and_what_about(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast.amina.token)

    assert "number 1" in page
    assert "Thursday 26 November, 10:00" in page
    assert "Health centre Latour" in page
    assert "Body changes" in page
    assert "0 of 3 are coming" in page


def test_she_answers_without_leaving_the_page(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(
        f"/sessions/{cast.session_id}/answers", {"answer": "yes", "back": "/"}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = today(browser, cast.amina.token)
    assert "You are coming." in page
    assert "1 of 3 are coming" in page


def test_htmx_gets_the_answer_alone(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    asked = {"hx-request": "true", "hx-target": "section#answer"}

    part = browser.get("/", headers=asked).text.strip()

    assert part.startswith('<section id="answer"')
    assert "Good morning" not in part


@pytest.mark.parametrize("who", ["amina", "beatriz", "hana"])
def test_htmx_gets_an_answer_also_when_no_session_is_coming(
    browser: Browser, cast: Cast, held_clock: HeldClock, who: str
) -> None:
    held_clock.moment += timedelta(days=30)
    browser.sign_in(getattr(cast, who).token)
    asked = {"hx-request": "true", "hx-target": "section#answer"}

    part = browser.get("/", headers=asked)

    assert (part.status_code, part.text.strip()) == (200, "")


def test_what_the_session_asks_for_can_be_written_down(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast.amina.token)

    assert 'href="/record/a1#add"' in page
    assert 'href="/record/a2#add"' in page
    assert "(done)" not in page
    assert browser.get("/record/a1").text.count('id="add"') == 1


def test_what_was_written_down_in_the_last_seven_days_is_marked(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    browser.sign_in(cast.amina.token)
    write_down_weight(browser)

    assert today(browser, cast.amina.token).count("(done)") == 1
    held_clock.moment += timedelta(days=7)
    assert today(browser, cast.amina.token).count("(done)") == 1
    held_clock.moment += timedelta(minutes=1)
    assert "(done)" not in today(browser, cast.amina.token)


def test_what_belongs_to_a_pregnancy_is_asked_only_while_she_expects(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        session = db.get_one(GroupSession, cast.session_id)
        session.checks = ["fundal-height", "weight", "child-weight", "no-such-kind"]

    page = today(browser, cast.amina.token)
    assert 'href="/record/a6#add"' in page
    assert 'href="/record/c1#add"' not in page
    assert 'href="/record/a6#add"' not in today(browser, cast.beatriz.token)


def test_who_stands_beside_her_has_nothing_to_measure(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast.femi.token)

    assert "Thursday 26 November, 10:00" in page
    assert "Write down" not in page


def test_new_topics_of_her_group_are_listed(
    browser: Browser, cast: Cast, post_topic: Posting
) -> None:
    topic_id = post_topic("Sleeping well")
    post_topic("Long ago", at=clock.now() - timedelta(days=14))
    post_topic("Elsewhere", session_id=cast.other_session_id)

    page = today(browser, cast.amina.token)

    assert f'href="/topics/{topic_id}"' in page
    assert "Sleeping well" in page
    assert page.count('href="/topics/') == 1
    assert "Elsewhere" not in page


def test_a_cancelled_session_is_shown_as_cancelled(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        db.get_one(GroupSession, cast.session_id).state = "cancelled"

    page = today(browser, cast.amina.token)

    assert "Cancelled" in page
    assert "I am coming" not in page
    assert "Write down" in page


def test_without_a_group_there_is_a_kind_word_and_a_way_in(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast.hana.token)

    assert "You are in no group now" in page
    assert 'href="/join"' in page
    assert "Write down" in page


def test_with_a_group_and_no_session_it_says_so(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    held_clock.moment += timedelta(days=30)

    page = today(browser, cast.amina.token)

    assert "No session is coming up." in page
    assert "You are in no group now" not in page


def test_after_a_loss_only_when_and_where_remain(
    browser: Browser, cast: Cast, post_topic: Posting
) -> None:
    post_topic("Sleeping well")
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/changes")

    page = today(browser, cast.amina.token)

    assert "Thursday 26 November, 10:00" in page
    assert "I am coming" in page
    assert 'href="/record/a1#add"' in page
    assert 'href="/record/a2#add"' in page
    assert not any(word in page for word in ("weeks", "Body changes", "Sleeping", "New in our"))


def test_a_loss_changes_nothing_for_who_stands_beside_her_until_she_says_so(
    browser: Browser, cast: Cast, post_topic: Posting
) -> None:
    post_topic("Sleeping well")
    before = today(browser, cast.femi.token)
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/changes")

    assert today(browser, cast.femi.token) == before
    assert "Sleeping well" in before
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/sparings")
    after = today(browser, cast.femi.token)
    assert "Thursday 26 November, 10:00" in after
    assert not any(word in after for word in ("Body changes", "Sleeping", "New in our"))


def test_the_page_asks_few_questions_of_the_database_however_much_there_is(
    browser: Browser, cast: Cast, database: Database, counted: Counting, post_topic: Posting
) -> None:
    browser.sign_in(cast.amina.token)
    with counted() as before:
        browser.get("/")
    browser.post_form("/journey/arrivals", {"children": "2", "born_on_1": "2026-11-20",
                                          "born_on_2": "2026-11-20"})  # fmt: skip
    write_down_weight(browser)
    for number in range(5):
        post_topic(f"Topic {number}")
    with database.writing.begin() as db:
        for number in range(2, 6):
            later = GroupSession(group_id=cast.group_id, number=number, minutes=120)
            later.meet(date(2026, 12, number), time(10), "Europe/Amsterdam")
            db.add(later)

    with counted() as after:
        browser.get("/")

    assert len(before) <= 8
    assert len(after) <= len(before)
