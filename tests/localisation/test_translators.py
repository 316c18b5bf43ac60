"""A coordinator invites somebody to translate, who sees the words and nothing of the groups."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from companion.db import Database, new_id
from companion.groups.models import Invitation
from companion.people.models import Person, Role, SignIn, SpareKey
from companion.pilots.wordings import key_of
from tests.cast import Cast
from tests.conftest import NOW, Browser
from tests.groups.invitations import CODE, form, let_in, people
from tests.groups.test_inviting import only_invitation, shown_code
from tests.localisation.test_workbench import RECORD, SIGN, save

ADDRESS = "/translators/invitations"


@pytest.fixture
def ilse(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.ilse.token)
    return browser


def test_the_card_is_for_one_person_and_three_days(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.post_form(ADDRESS)

    made = only_invitation(database)
    assert (made.role, made.pilot, made.uses_left) == (Role.TRANSLATOR, "nl", 1)
    assert (made.group_id, made.expires_at) == (None, NOW + timedelta(hours=72))
    assert 'class="qr"' in page.text
    assert shown_code(page.text)
    assert "Translator" in page.text


def test_sent_twice_it_is_one_invitation_with_one_code(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)
    sent = {"id": str(new_id())}

    codes = {shown_code(browser.post_form(ADDRESS, sent).text) for _ in range(2)}

    assert len(codes) == 1
    assert only_invitation(database)


def test_an_invitation_that_was_used_is_not_shown_again(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.edon.token)
    sent = {"id": str(new_id())}
    code = shown_code(browser.post_form(ADDRESS, sent).text)
    browser.cookies.clear()
    browser.post_form("/join", form(code=code))
    browser.sign_in(cast.edon.token)

    page = browser.post_form(ADDRESS, sent)

    assert page.status_code == 422
    assert "This invitation no longer works. Make a new one." in page.text


def test_it_is_listed_until_it_is_taken_back(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.TRANSLATOR, group_id=None)
    browser.sign_in(cast.edon.token)
    found = re.search(r"/invitations/[^/]+/revocations", browser.get("/translators").text)
    assert found

    answer = browser.post_form(found[0])

    assert answer.headers["location"] == "/translators"
    assert "Open invitations" not in browser.get("/translators").text
    assert "no longer works" in browser.get(f"/join/{CODE}").text


@pytest.mark.parametrize("who", ["chipo", "ilse"])
def test_nobody_else_takes_it_back(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    let_in(database, cast, role=Role.TRANSLATOR, group_id=None)
    browser.sign_in(getattr(cast, who).token)
    address = f"/invitations/{only_invitation(database).id}/revocations"

    assert browser.post_form(address).status_code == 404


def test_nor_does_the_coordinator_of_another_pilot(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.TRANSLATOR, group_id=None, pilot="gh")
    browser.sign_in(cast.edon.token)

    assert "Open invitations" not in browser.get("/translators").text
    address = f"/invitations/{only_invitation(database).id}/revocations"
    assert browser.post_form(address).status_code == 404


def test_she_comes_in_to_the_words(browser: Browser, cast: Cast, database: Database) -> None:
    let_in(database, cast, role=Role.TRANSLATOR, group_id=None)
    invitation = browser.get(f"/join/{CODE}").text
    assert "You are invited to translate Companion for this country: Netherlands." in invitation
    assert "everybody in the group" not in invitation

    answer = browser.post_form("/join", form())

    assert answer.headers["location"] == "/"
    assert browser.get("/", follow_redirects=False).headers["location"] == "/words"
    (imani,) = people(database, "Imani")
    assert (imani.role, imani.pilot) == (Role.TRANSLATOR, "nl")
    browser.sign_in(cast.edon.token)
    assert "Imani" in browser.get("/translators").text


def test_whoever_is_signed_in_already_must_sign_out_first(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.TRANSLATOR, group_id=None)
    browser.sign_in(cast.amina.token)

    assert "Sign out first" in browser.get(f"/join/{CODE}").text
    assert browser.post_form("/join", form()).status_code == 422


def test_her_places_are_the_words_and_more(ilse: Browser) -> None:
    nav = ilse.get("/words").text.split("<nav")[1]

    assert re.findall(r'href="([^"]+)"', nav) == ["/words", "/more"]
    more = ilse.get("/more").text.partition("<main")[2]
    assert set(re.findall(r'<a class="line" href="([^"]+)"', more)) == {
        "/words", "/data", "/discreet", "/home-screen", "/lock", "/shared", "/name", "/devices",
        "/spare-key", "/leaving",
    }  # fmt: skip


def test_every_link_that_she_sees_leads_somewhere(ilse: Browser) -> None:
    seen: set[str] = set()
    waiting = ["/words"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = ilse.get(address)
        assert page.status_code == 200, address
        links = set(re.findall(r'href="(/[^"?#]*)"', page.text)) - seen - set(waiting)
        # Not each of the texts: they are many, and alike.
        waiting += [each for each in links if each.count("/") < 3 and "/static/" not in each]

    assert {"/more", "/call", "/words/nl"} <= seen


@pytest.mark.parametrize("text", ["Start a group", "Add a site", "Reminders"])
def test_a_text_leads_to_no_page_that_she_may_not_open(ilse: Browser, text: str) -> None:
    page = ilse.get(f"/words/nl/{key_of('companion', '', text)}").text

    assert "/groups/new" not in page
    assert 'href="/sites"' not in page
    assert 'href="/reminders"' not in page


def test_the_card_of_her_country_is_hers_too(ilse: Browser) -> None:
    page = ilse.get("/call").text

    assert "112" in page
    assert "Midwife on call" not in page


def test_she_saves_and_reviews(ilse: Browser) -> None:
    address = f"/words/nl/{RECORD}"

    assert save(ilse, address, "Mijn boekje") == 303
    assert save(ilse, address, "Mijn boekje", act="review") == 303
    assert "Ilse" in ilse.get(address).text


def test_she_reviews_no_safety_text_of_her_own_but_her_coordinators(
    browser: Browser, cast: Cast
) -> None:
    address = f"/words/nl/{SIGN}"
    browser.sign_in(cast.ilse.token)
    assert save(browser, address, "Je braakt steeds") == 303
    assert save(browser, address, "Je braakt steeds", act="review") == 422

    browser.sign_in(cast.edon.token)
    assert save(browser, address, "Je braakt steeds", act="review") == 303


def test_files_go_out_and_in(ilse: Browser) -> None:
    content = ilse.get("/words/nl/files/companion").content

    answer = ilse.post("/words/nl/files", files={"file": ("nl.po", content)})

    assert answer.status_code == 200
    assert "Nothing would change." in answer.text


def test_the_words_of_another_pilot_are_not_hers(ilse: Browser) -> None:
    assert ilse.get("/words/sq").status_code == 404


def test_no_phone_of_hers_rings(ilse: Browser) -> None:
    assert ilse.get("/reminders").status_code == 404
    assert ilse.post_form("/phones", {"endpoint": "https://x", "new": "yes"}).status_code == 404


def test_who_is_sent_away_is_signed_out_everywhere(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.ilse.token)
    browser.post_form("/spare-key")
    save(browser, f"/words/nl/{RECORD}", "Mijn boekje")
    browser.sign_in(cast.edon.token)
    address = f"/translators/{cast.ilse.id}/goodbyes"
    assert "Say goodbye to Ilse?" in browser.get(address).text

    statuses = {browser.post_form(address).status_code for _ in range(2)}

    assert statuses == {303}
    assert "Ilse" not in browser.get("/translators").text
    assert browser.get(address).status_code == 404
    assert "Mijn boekje" in browser.get(f"/words/nl/{RECORD}").text
    with database.reading() as db:
        assert db.get_one(Person, cast.ilse.id).left_at == NOW
        assert db.get_one(SignIn, cast.ilse.reader.sign_in_id).revoked_at == NOW
        assert db.scalar(select(func.count()).select_from(SpareKey)) == 0
    browser.sign_in(cast.ilse.token)
    assert browser.get("/words", follow_redirects=False).headers["location"] == "/welcome"


@pytest.mark.parametrize("who", ["amina", "chipo", "edon"])
def test_nobody_but_a_translator_is_sent_away(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(cast.edon.token)

    answer = browser.post_form(f"/translators/{getattr(cast, who).id}/goodbyes")

    assert answer.status_code == 404


def test_a_translator_of_another_pilot_is_not_found(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        db.get_one(Person, cast.ilse.id).pilot = "gh"
    browser.sign_in(cast.edon.token)

    assert "Ilse" not in browser.get("/translators").text
    assert browser.post_form(f"/translators/{cast.ilse.id}/goodbyes").status_code == 404


def test_no_invitation_of_a_translators_counts_in_a_group(
    browser: Browser, cast: Cast, database: Database
) -> None:
    let_in(database, cast, role=Role.TRANSLATOR, group_id=None)
    browser.sign_in(cast.edon.token)

    page = browser.get(f"/groups/{cast.group_id}/invitations").text

    assert "Open invitations" not in page
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Invitation)) == 1
