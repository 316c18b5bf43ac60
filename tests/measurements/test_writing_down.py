"""Writing a reading down: what is kept, what is refused, and what is asked once."""

import re
from typing import Any
from uuid import UUID

import pytest

from companion.db import new_id
from tests.cast import Cast
from tests.conftest import Browser
from tests.measurements.conftest import Notebook

NOW = {"day": "2026-11-22", "time": "11:00"}  # in Amsterdam


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found.group(1) if found else ""


def write(browser: Browser, code: str, **fields: Any) -> Any:
    return browser.post_form(f"/record/{code}", {"id": str(new_id()), **NOW, **fields})


@pytest.fixture(autouse=True)
def _signed_in(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)


def test_a_pressure_is_written_down_and_shown(browser: Browser) -> None:
    answer = write(browser, "a1", systolic="118", diastolic="74", pulse="")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/record/a1"
    page = browser.get("/record/a1").text
    assert '118<span class="per">/</span>74</b> <span class="unit">mmHg</span>' in page
    assert "Today, 11:00" in page


def test_what_is_kept_is_sealed(browser: Browser, notebook: Notebook) -> None:
    write(browser, "a1", systolic="118", diastolic="74", pulse="66")

    (row,) = notebook.rows()
    assert row.values == (
        '{"values":{"systolic":"118","diastolic":"74","pulse":"66"},'
        '"unit":{"systolic":"mmHg","diastolic":"mmHg","pulse":"/min"}}'
    )
    assert b"118" not in row.values_sealed


@pytest.mark.parametrize("typed", ["68,5", "68.5", "۶۸٫۵", "٦٨٫٥", " 68,50 "])
def test_a_weight_may_be_typed_in_any_script(
    browser: Browser, notebook: Notebook, typed: str
) -> None:
    assert write(browser, "a2", weight=typed).status_code == 303

    assert '"weight":"68.5"' in notebook.rows()[0].values


def test_both_numbers_may_stand_in_one_field(browser: Browser, notebook: Notebook) -> None:
    assert write(browser, "a1", systolic="118/74", diastolic="").status_code == 303

    assert '"systolic":"118","diastolic":"74"' in notebook.rows()[0].values


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.234,5", "Which number do you mean?"),
        ("abc", "Write it as a number, like 12.5."),
        ("", "Write a number."),
        ("-3", "Write a number between 25 and 350 kg."),
        ("6850", "Write a number between 25 and 350 kg. Did you mean 68.5 kg?"),
        ("<script>alert(1)</script>", "Write it as a number"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field_and_kept(
    browser: Browser, notebook: Notebook, typed: str, said: str
) -> None:
    answer = write(browser, "a2", weight=typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in answer.text
    assert notebook.rows() == []


def test_a_lower_number_above_the_upper_one_is_refused(
    browser: Browser, notebook: Notebook
) -> None:
    answer = write(browser, "a1", systolic="74", diastolic="118")

    assert answer.status_code == 422
    assert "The lower number must be smaller than the upper number." in answer.text
    assert notebook.rows() == []


def test_a_step_is_chosen(browser: Browser) -> None:
    assert write(browser, "a12").status_code == 422
    assert write(browser, "a12", mood="4").status_code == 303

    assert "<b>Good</b>" in browser.get("/record/a12").text


def test_a_dangerous_number_is_asked_about_once_and_then_kept(
    browser: Browser, notebook: Notebook
) -> None:
    fields = {"id": str(new_id()), "systolic": "190", "diastolic": "125"}

    asked = write(browser, "a1", **fields)
    assert asked.status_code == 422
    assert "That is unusual. Is it right?" in asked.text
    assert "Yes, it is right" in asked.text
    assert 'href="/call">If you do not feel well' in asked.text

    kept = write(browser, "a1", **fields, sure=hidden(asked.text, "sure"))
    assert kept.status_code == 303
    assert len(notebook.rows()) == 1


def test_a_yes_holds_for_these_numbers_and_no_others(browser: Browser, notebook: Notebook) -> None:
    asked = write(browser, "a1", systolic="190", diastolic="125")

    again = write(browser, "a1", systolic="195", diastolic="125", sure=hidden(asked.text, "sure"))

    assert again.status_code == 422
    assert notebook.rows() == []


def test_what_is_usual_is_not_asked_about(browser: Browser) -> None:
    page = browser.get("/record/a1").text

    assert 'name="sure"' not in page
    assert "Yes, it is right" not in page


def test_a_number_of_grams_offers_the_kilograms(
    browser: Browser, notebook: Notebook, sam: UUID
) -> None:
    path = f"/record/of/{sam}/c1"
    fields = {"id": str(new_id()), **NOW, "weight": "6850"}

    asked = browser.post_form(path, fields)
    assert asked.status_code == 422
    assert "Write 6.85 kg" in asked.text

    kept = browser.post_form(
        path, {**fields, "instead_weight": hidden(asked.text, "instead_weight")}
    )
    assert kept.headers["location"] == path
    assert '"weight":"6.85"' in notebook.rows()[0].values
    assert notebook.rows()[0].child_id == sam


def test_an_unusual_weight_offers_what_may_be_meant(browser: Browser, sam: UUID) -> None:
    fields = {"id": str(new_id()), **NOW, "weight": "25"}

    asked = browser.post_form(f"/record/of/{sam}/c1", fields)

    assert "Did you mean 2.5 kg?" in asked.text
    assert asked.text.index("Yes, it is right") < asked.text.index("Write 2.5 kg")


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2026-11-23", "11:00", "Choose today or an earlier day."),
        ("2026-11-22", "11:01", "Choose a time that has passed."),
        ("yesterday", "11:00", "Write the day like 22/11/2026."),
        ("1899-12-31", "11:00", "Write the day like 22/11/2026."),
        ("2026-02-30", "11:00", "Write the day like 22/11/2026."),
        ("2026-11-21", "noon", "Write the time like 7:40."),
    ],
)
def test_a_day_or_time_that_cannot_be_is_refused(
    browser: Browser, notebook: Notebook, day: str, time: str, said: str
) -> None:
    answer = write(browser, "a2", weight="68.5", day=day, time=time)

    assert answer.status_code == 422
    assert said in answer.text
    assert "<details open>" in answer.text
    assert 'value="68.5"' in answer.text
    assert notebook.rows() == []


def test_a_day_long_ago_is_asked_about_once(browser: Browser, notebook: Notebook) -> None:
    fields = {"id": str(new_id()), "weight": "68.5", "day": "2022-11-22"}

    asked = write(browser, "a2", **fields)
    assert "That is more than two years ago. Is it right?" in asked.text

    assert write(browser, "a2", **fields, sure=hidden(asked.text, "sure")).status_code == 303
    assert notebook.rows()[0].taken_at.year == 2022


def test_a_child_is_not_weighed_before_the_birth(browser: Browser, sam: UUID) -> None:
    fields = {**NOW, "weight": "3.4", "day": "2026-07-31"}

    answer = browser.post_form(f"/record/of/{sam}/c1", fields)

    assert answer.status_code == 422
    assert "Choose the day of the birth or a later day." in answer.text


def test_a_day_and_time_are_hers_on_the_wall(browser: Browser, notebook: Notebook) -> None:
    write(browser, "a2", weight="68.5", day="20.7.2026", time="7h40")

    assert notebook.rows()[0].taken_at.isoformat() == "2026-07-20T05:40:00+00:00"


def test_without_a_day_and_a_time_it_is_now(browser: Browser, notebook: Notebook) -> None:
    write(browser, "a2", weight="68.5", day="", time="")

    assert notebook.rows()[0].taken_at.isoformat() == "2026-11-22T10:00:00+00:00"


def test_the_form_is_given_alone_while_something_is_open(
    browser: Browser, notebook: Notebook, cast: Cast
) -> None:
    notebook.write(cast.amina, "weight", "68", days_ago=3)

    answer = write(browser, "a2", weight="abc")

    assert "All readings" not in answer.text
    assert 'href="/record/a2">Back</a>' in answer.text


def test_htmx_gets_the_part_and_not_the_page(browser: Browser) -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#kind"}
    fields = {"id": str(new_id()), **NOW, "weight": "abc"}

    answer = browser.post("/record/a2", data=fields, headers=headers)

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith('<section id="kind"')
    assert "<!doctype" not in answer.text
