"""Correcting and erasing: the old reading stays to be seen, the erased one is gone."""

from datetime import UTC, datetime

import pytest

from companion.db import Database, new_id
from tests.cast import Cast
from tests.conftest import Browser, HeldClock
from tests.measurements.conftest import Notebook

TODAY = datetime(2026, 11, 22, 10, tzinfo=UTC)
NOW = {"day": "2026-11-22", "time": "11:00"}


def test_the_form_to_correct_is_filled_in_as_she_writes_numbers(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    reading = notebook.write(cast.beatriz, "weight", "68.5", days_ago=2)
    browser.sign_in(cast.beatriz.token)

    page = browser.get(f"/readings/{reading}").text

    assert 'value="68,5"' in page  # Beatriz reads Dutch
    assert 'value="2026-11-20"' in page
    assert 'value="11:00"' in page


def test_the_old_value_stays_below_the_new_one(
    browser: Browser, cast: Cast, notebook: Notebook, held_clock: HeldClock
) -> None:
    old = notebook.write(cast.amina, "weight", "86.5", days_ago=2)
    held_clock.moment = datetime(2026, 11, 23, 10, tzinfo=UTC)
    browser.sign_in(cast.amina.token)
    fields = {"id": str(new_id()), "day": "2026-11-20", "time": "11:00", "weight": "68.5"}

    answer = browser.post_form(f"/readings/{old}", fields)

    assert (answer.status_code, answer.headers["location"]) == (303, "/record/a2")
    page = browser.get("/record/a2").text
    assert page.index("<b>68.5</b>") < page.index("<s><bdi")
    assert page.count("<b>86.5</b>") == 1
    assert "Corrected on 23 November 2026" in page


def test_only_the_new_value_counts(browser: Browser, cast: Cast, notebook: Notebook) -> None:
    notebook.correct(cast.amina, notebook.write(cast.amina, "weight", "86.5"), "68.5")
    browser.sign_in(cast.amina.token)

    assert "86.5" not in browser.get("/record").text
    assert "This is your first reading." in browser.get("/record/a2").text


def test_a_correction_of_a_correction_shows_every_version(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    second = notebook.correct(cast.amina, notebook.write(cast.amina, "weight", "86.5"), "58.5")
    notebook.correct(cast.amina, second, "68.5")
    browser.sign_in(cast.amina.token)

    page = browser.get("/record/a2").text

    assert page.rindex("<b>68.5</b>") < page.index("<b>58.5</b>") < page.index("<b>86.5</b>")


def test_what_does_not_change_is_no_correction(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    old = notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/readings/{old}", {"id": str(new_id()), **NOW, "weight": "68,5"})

    assert answer.status_code == 303
    assert len(notebook.rows()) == 1


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        ("2026-11-22", "", "2026-11-22 07:00"),
        ("2026-11-22", "10:30", "2026-11-22 09:30"),
        ("", "09:15", "2026-11-20 08:15"),
    ],
)
def test_a_day_or_a_time_alone_can_be_corrected(
    browser: Browser, cast: Cast, notebook: Notebook, held_clock: HeldClock,
    day: str, time: str, moment: str,
) -> None:  # fmt: skip
    held_clock.moment = datetime(2026, 11, 20, 7, tzinfo=UTC)  # 08:00 in Amsterdam
    old = notebook.write(cast.amina, "weight", "68.5")
    held_clock.moment = TODAY
    browser.sign_in(cast.amina.token)
    fields = {"id": str(new_id()), "day": day, "time": time, "weight": "68.5"}

    answers = [browser.post_form(f"/readings/{old}", fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [f"{row.taken_at:%Y-%m-%d %H:%M}" for row in notebook.rows() if row.id != old] == [
        moment
    ]


def test_a_value_corrected_without_day_and_time_stays_where_it_was(
    browser: Browser, cast: Cast, notebook: Notebook, held_clock: HeldClock
) -> None:
    held_clock.moment = datetime(2026, 11, 20, 7, 0, 12, tzinfo=UTC)
    old = notebook.write(cast.amina, "weight", "86.5")
    held_clock.moment = TODAY
    browser.sign_in(cast.amina.token)

    browser.post_form(f"/readings/{old}", {"id": str(new_id()), "weight": "68.5"})

    first, second = notebook.rows()
    assert second.taken_at == first.taken_at
    assert second.replaces_id == old


def test_a_day_whose_old_time_has_not_come_yet_is_refused(
    browser: Browser, cast: Cast, notebook: Notebook, held_clock: HeldClock
) -> None:
    held_clock.moment = datetime(2026, 11, 20, 17, tzinfo=UTC)
    old = notebook.write(cast.amina, "weight", "68.5")
    held_clock.moment = TODAY
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/readings/{old}", {"day": "2026-11-22", "weight": "68.5"})

    assert answer.status_code == 422
    assert "Choose a time that has passed." in answer.text
    assert len(notebook.rows()) == 1


def test_a_wrong_correction_is_said_beside_the_field(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    old = notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/readings/{old}", {"weight": "1.234,5"})

    assert answer.status_code == 422
    assert "Which number do you mean?" in answer.text
    assert 'value="1.234,5"' in answer.text


def test_an_old_version_cannot_be_corrected_again(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    old = notebook.write(cast.amina, "weight", "86.5")
    notebook.correct(cast.amina, old, "68.5")
    browser.sign_in(cast.amina.token)

    shown = browser.get(f"/readings/{old}", follow_redirects=False)
    answer = browser.post_form(f"/readings/{old}", {**NOW, "weight": "70"})

    assert shown.headers["location"] == "/record/a2"
    assert answer.status_code == 422
    assert "You have corrected this reading before." in answer.text
    assert len(notebook.rows()) == 2


def test_erasing_asks_first(browser: Browser, cast: Cast, notebook: Notebook) -> None:
    reading = notebook.write(cast.amina, "weight", "68.5")
    browser.sign_in(cast.amina.token)

    page = browser.get(f"/readings/{reading}/erasures").text

    assert "Erase this reading?" in page
    assert len(notebook.rows()) == 1


def test_erasing_really_erases_with_every_older_version(
    browser: Browser, cast: Cast, notebook: Notebook
) -> None:
    other = notebook.correct(cast.amina, notebook.write(cast.amina, "weight", "71"), "70")
    second = notebook.correct(cast.amina, notebook.write(cast.amina, "weight", "86.5"), "58.5")
    newest = notebook.correct(cast.amina, second, "68.5")
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/readings/{newest}/erasures")

    assert (answer.status_code, answer.headers["location"]) == (303, "/record/a2")
    assert len(notebook.rows()) == 2
    assert other in {row.id for row in notebook.rows()}
    assert browser.get(f"/readings/{newest}").status_code == 404


def test_a_reading_is_corrected_in_the_unit_it_was_written_in(
    browser: Browser, cast: Cast, notebook: Notebook, database: Database
) -> None:
    reading = notebook.write(cast.amina, "glucose", "95", units={"glucose": "mg/dL"})
    browser.sign_in(cast.amina.token)

    fields = {"id": str(new_id()), **NOW, "glucose": "96"}
    assert "mg/dL" in browser.get(f"/readings/{reading}").text
    assert browser.post_form(f"/readings/{reading}", fields).status_code == 303

    assert '"unit":{"glucose":"mg/dL"}' in notebook.rows()[-1].values
