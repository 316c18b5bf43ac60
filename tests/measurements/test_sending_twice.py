"""A form sent twice is one reading, whatever happened on the line."""

from threading import Barrier, Thread

from companion.db import Database, new_id
from companion.measurements import actions
from companion.measurements.kinds import kind_by_slug
from tests.cast import Cast
from tests.conftest import Browser, HeldClock
from tests.measurements.conftest import Notebook

NOW = {"day": "2026-11-22", "time": "11:00"}


def test_the_same_form_again_is_the_same_reading(
    browser: Browser, cast: Cast, notebook: Notebook, held_clock: HeldClock
) -> None:
    browser.sign_in(cast.amina.token)
    fields = {"id": str(new_id()), **NOW, "weight": "68,5"}

    first = browser.post_form("/record/a2", fields)
    held_clock.moment = held_clock.moment.replace(hour=18)
    again = browser.post_form("/record/a2", fields)

    assert (first.status_code, first.headers["location"]) == (303, "/record/a2")
    assert (again.status_code, again.headers["location"]) == (303, "/record/a2")
    assert len(notebook.rows()) == 1


def test_the_same_form_with_something_else_says_what_is_saved(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    browser.sign_in(cast.amina.token)
    fields = {"id": str(new_id()), **NOW}
    browser.post_form("/record/a2", {**fields, "weight": "68,5"})

    answer = browser.post_form("/record/a2", {**fields, "weight": "70"})

    assert answer.status_code == 422
    assert "This was saved before, with something else in it." in answer.text
    assert "<b>68.5</b>" in answer.text
    assert f'href="/readings/{fields["id"]}"' in answer.text
    assert 'value="70"' in answer.text
    assert len(notebook.rows()) == 1


def test_somebody_elses_id_is_not_found(browser: Browser, cast: Cast, notebook: Notebook) -> None:
    hers = notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(cast.beatriz.token)

    answer = browser.post_form("/record/a2", {"id": str(hers), **NOW, "weight": "68.5"})

    assert answer.status_code == 404
    assert len(notebook.rows()) == 1


def test_a_correction_sent_twice_is_one_correction(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    old = notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(cast.amina.token)
    fields = {"id": str(new_id()), **NOW, "weight": "65.8"}

    answers = [browser.post_form(f"/readings/{old}", fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(notebook.rows()) == 2


def test_two_taps_at_once_are_one_reading(
    database: Database, cast: Cast, notebook: Notebook
) -> None:
    weight = kind_by_slug("weight", {})
    assert weight
    entry = actions.Entry(new_id(), weight, None, {"weight": "68.5"}, None)
    both, failures = Barrier(2), []

    def tap() -> None:
        both.wait()
        try:
            with database.writing.begin() as db:
                actions.record(db, cast.amina.reader, entry)
        except Exception as problem:
            failures.append(problem)

    taps = [Thread(target=tap) for _ in range(2)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()

    assert failures == []
    assert len(notebook.rows()) == 1
