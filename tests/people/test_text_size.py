"""How large she reads goes with her to every phone; before she signs in, the browser says."""

from companion.db import Database
from companion.people import locks, pins
from tests.cast import Cast
from tests.conftest import Browser
from tests.people.conftest import PIN


def test_the_size_that_she_chose_is_on_every_page(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert "data-text" not in browser.get("/").text
    assert browser.post_form("/text-size", {"size": "largest"}).headers["location"] == "/more"

    assert 'data-text="largest">' in browser.get("/").text
    assert '<option value="largest" selected>' in browser.get("/more").text
    browser.cookies.clear()
    assert "data-text" not in browser.get("/welcome").text


def test_a_size_that_is_not_there_is_refused(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/text-size", {"size": "huge"}).status_code == 422


def test_the_lock_has_the_size_of_whoever_is_behind_it(
    browser: Browser, cast: Cast, database: Database
) -> None:
    reader = cast.amina.reader
    browser.sign_in(cast.amina.token)
    browser.post_form("/text-size", {"size": "larger"})
    with database.writing.begin() as db:
        locks.put_on(db, reader, pins.hash_pin(PIN, reader.sign_in_id), 5)

    assert 'data-text="larger">' in browser.get("/").text
