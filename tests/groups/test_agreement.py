"""The agreement that the group writes and everyone accepts."""

import re

import pytest
from sqlalchemy import select

from companion.db import Database, new_id
from companion.groups.models import Acceptance, Agreement
from tests.cast import Cast
from tests.conftest import Browser

YES = "Yes, I will keep to this"


def write(browser: Browser, cast: Cast, text: str, **fields: str) -> int:
    """Amina writes a version."""
    browser.sign_in(cast.amina.token)
    sent = {"id": str(new_id()), "text": text, **fields}
    status: int = browser.post_form(f"/groups/{cast.group_id}/agreements", sent).status_code
    return status


def versions(database: Database) -> list[Agreement]:
    with database.reading() as db:
        return list(db.scalars(select(Agreement).order_by(Agreement.version)))


def test_it_is_not_written_yet(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert "Not written yet." in browser.get(f"/groups/{cast.group_id}/agreement").text


def test_whoever_writes_it_has_said_yes_and_the_others_are_asked(
    browser: Browser, cast: Cast, database: Database
) -> None:
    assert write(browser, cast, "What is said here\nstays <here>.") == 303
    page = browser.get(f"/groups/{cast.group_id}/agreement").text
    assert "What is said here\nstays &lt;here&gt;." in page
    assert "Amina wrote this on 22 November 2026." in page
    assert YES not in page

    browser.sign_in(cast.beatriz.token)
    asked = f'action="/agreements/{versions(database)[0].id}/acceptances"'
    assert asked in browser.get(f"/groups/{cast.group_id}").text


@pytest.mark.parametrize("who", ["beatriz", "femi", "chipo"])
def test_members_say_yes_once(browser: Browser, cast: Cast, database: Database, who: str) -> None:
    write(browser, cast, "We listen.")
    player = getattr(cast, who)
    browser.sign_in(player.token)
    agreement = versions(database)[0]

    for _ in range(2):
        answer = browser.post_form(f"/agreements/{agreement.id}/acceptances")
        assert answer.headers["location"] == f"/groups/{cast.group_id}/agreement"

    assert YES not in browser.get(f"/groups/{cast.group_id}").text
    with database.reading() as db:
        said = db.scalars(select(Acceptance).where(Acceptance.person_id == player.id)).all()
    assert len(said) == 1


def test_a_new_version_is_accepted_anew(browser: Browser, cast: Cast, database: Database) -> None:
    write(browser, cast, "We listen.")
    first = versions(database)[0]
    write(browser, cast, "We listen, and we are on time.")
    browser.sign_in(cast.chipo.token)

    page = browser.post_form(f"/agreements/{first.id}/acceptances")

    assert page.status_code == 422
    assert "The agreement has changed since you opened it." in page.text
    assert "and we are on time" in page.text
    assert [each.version for each in versions(database)] == [1, 2]


def test_sent_twice_it_is_one_version(browser: Browser, cast: Cast, database: Database) -> None:
    same = str(new_id())

    assert [write(browser, cast, "We listen.", id=same) for _ in range(2)] == [303, 303]
    assert len(versions(database)) == 1


def test_the_same_form_with_another_text_is_refused_and_the_text_kept(
    browser: Browser, cast: Cast, database: Database
) -> None:
    address, same = f"/groups/{cast.group_id}/agreements", str(new_id())
    write(browser, cast, "We listen.", id=same)

    page = browser.post_form(address, {"id": same, "text": "We listen, always."})

    assert page.status_code == 422
    assert "This was saved before, with something else in it." in page.text
    assert "We listen, always.</textarea>" in page.text
    assert [each.text for each in versions(database)] == ["We listen."]
    again = re.findall(r'name="id" value="([^"]+)"', page.text)[-1]
    assert write(browser, cast, "We listen, always.", id=again) == 303
    assert [each.version for each in versions(database)] == [1, 2]


def test_somebody_elses_version_is_not_written_again(
    browser: Browser, cast: Cast, database: Database
) -> None:
    write(browser, cast, "We listen.")
    taken = str(versions(database)[0].id)
    browser.sign_in(cast.chipo.token)

    answer = browser.post_form(
        f"/groups/{cast.group_id}/agreements", {"id": taken, "text": "We talk."}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(" ", "Write what the group agreed."), ("a" * 3001, "Write at most 3000 characters.")],
)
def test_empty_and_endless_texts_are_refused_and_kept(
    browser: Browser, cast: Cast, database: Database, text: str, sentence: str
) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.post_form(f"/groups/{cast.group_id}/agreements", {"text": text})

    assert page.status_code == 422
    assert sentence in page.text
    assert text.strip() in page.text
    assert not versions(database)


@pytest.mark.parametrize("who", ["femi", "edon", "dewi", "gita", "hana"])
def test_only_participants_and_facilitators_of_the_group_write(
    browser: Browser, cast: Cast, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    answer = browser.post_form(f"/groups/{cast.group_id}/agreements", {"text": "We listen."})

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["edon", "dewi", "gita", "hana"])
def test_nobody_outside_the_group_says_yes(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    write(browser, cast, "We listen.")
    browser.sign_in(getattr(cast, who).token)

    answer = browser.post_form(f"/agreements/{versions(database)[0].id}/acceptances")

    assert answer.status_code == 404
    assert browser.post_form(f"/agreements/{new_id()}/acceptances").status_code == 404


def test_whoever_left_the_group_is_not_named_any_more(browser: Browser, cast: Cast) -> None:
    write(browser, cast, "We listen.")
    browser.post_form(f"/groups/{cast.group_id}/leaving")
    browser.sign_in(cast.chipo.token)

    page = browser.get(f"/groups/{cast.group_id}/agreement").text

    assert "Written on 22 November 2026." in page
    assert "Amina" not in page


def test_with_htmx_only_the_agreement_is_drawn_again(browser: Browser, cast: Cast) -> None:
    write(browser, cast, "We listen.")

    part = browser.get(
        f"/groups/{cast.group_id}/agreement",
        headers={"hx-request": "true", "hx-target": "section#agreement"},
    )

    assert part.text.startswith("<section")
    assert "<html" not in part.text
