"""Her own note on a session: saved, changed, erased, read by nobody else, and never lost unseen."""

import base64
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from companion import sealing
from companion.db import Database
from companion.groups import goodbyes
from companion.groups.models import Membership
from companion.people import actions as people
from companion.people.models import Person
from companion.sessions.models import GroupSession, Note
from tests.cast import Cast, Player
from tests.conftest import NOW, RING, Browser, HeldClock
from tests.sessions.conftest import end_journey
from tests.web.test_waiting_forms import sealed

TEXT, OTHER = "Ask for the long list", "Bring the card"
HTMX = {"hx-request": "true", "hx-target": "section#my-note"}
CHANGED = "The note was changed elsewhere since."


class Notebook:
    """Somebody's note on the group's session, as her phone shows and sends it."""

    def __init__(self, browser: Browser, cast: Cast) -> None:
        self.browser, self.page = browser, f"/sessions/{cast.session_id}"
        self.address = f"{self.page}/note"

    def of(self, player: Player) -> "Notebook":
        self.browser.sign_in(player.token)
        return self

    def form(self, text: str, page: str = "") -> dict[str, str]:
        """The form as it is on the page now, with this in it."""
        html = page or self.browser.get(self.page).text
        card = html[html.index('id="my-note"') :]
        return {**_hidden(card), "note": text}

    def save(self, text: str) -> Any:
        return self.send(self.form(text))

    def send(self, form: dict[str, str]) -> Any:
        return self.browser.post_form(self.address, form)

    def shown(self, page: str = "") -> str:
        return _field(page or self.browser.get(self.page).text)


def _hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def _field(html: str) -> str:
    (text,) = re.findall(r'<textarea id="note"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    return str(text)


@pytest.fixture
def notebook(browser: Browser, cast: Cast) -> Notebook:
    return Notebook(browser, cast).of(cast.amina)


def _row(database: Database, player: Player) -> Note | None:
    with database.reading() as db:
        return db.scalar(select(Note).where(Note.person_id == player.id))


def test_she_saves_a_note_and_it_says_so(notebook: Notebook) -> None:
    assert notebook.shown() == ""

    answer = notebook.save(TEXT)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{notebook.page}?saved=note#my-note"
    page = notebook.browser.get(answer.headers["location"]).text
    assert 'role="status">Saved.</p>' in page
    assert "Only you can read this." in page
    assert notebook.shown(page) == TEXT
    assert "Saved." not in notebook.browser.get(notebook.page).text


def test_she_changes_it(notebook: Notebook, database: Database, cast: Cast) -> None:
    notebook.save(TEXT)

    assert notebook.save(OTHER).status_code == 303

    assert notebook.shown() == OTHER
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Note)) == 1


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b"])
def test_emptied_its_words_are_gone(
    notebook: Notebook, database: Database, cast: Cast, nothing: str
) -> None:
    notebook.save(TEXT)

    assert notebook.save(nothing).status_code == 303

    assert notebook.shown() == ""
    row = _row(database, cast.amina)
    assert row
    assert row.text_sealed is None
    assert notebook.save(OTHER).status_code == 303
    assert notebook.shown() == OTHER


def test_an_empty_form_where_there_is_no_note_keeps_nothing(
    notebook: Notebook, database: Database, cast: Cast
) -> None:
    assert notebook.save("").status_code == 303
    assert _row(database, cast.amina) is None


def test_it_is_kept_sealed(notebook: Notebook, database: Database, cast: Cast) -> None:
    notebook.save(TEXT)

    row = _row(database, cast.amina)

    assert row
    assert row.text_sealed
    assert b"list" not in row.text_sealed
    assert row.text == TEXT


def test_only_the_part_with_the_note_comes_back_when_a_script_asks(notebook: Notebook) -> None:
    form = notebook.form(TEXT)

    part = notebook.browser.post(notebook.address, data=form, headers=HTMX)
    refused = notebook.browser.post(
        notebook.address, data=notebook.form("é" * 2001), headers=HTMX, follow_redirects=False
    )

    assert (part.status_code, refused.status_code) == (200, 422)
    for html in (part.text, refused.text):
        assert html.lstrip().startswith('<section id="my-note"')
        assert html.rstrip().endswith("</section>")
    assert "Saved." in part.text
    assert notebook.shown(part.text) == TEXT
    assert "Saved." not in refused.text


def test_a_long_note_is_refused_and_still_there(notebook: Notebook) -> None:
    notebook.save(OTHER)
    form = notebook.form("é" * 2001)

    refused = notebook.send(form)

    assert refused.status_code == 422
    assert "Write at most 2000 characters." in refused.text
    assert notebook.shown(refused.text) == "é" * 2001
    assert notebook.form("", refused.text)["id"] == form["id"]
    assert OTHER not in refused.text
    assert notebook.send(notebook.form("é" * 2000, refused.text)).status_code == 303
    assert notebook.shown() == "é" * 2000


def test_markup_is_shown_as_it_was_typed(notebook: Notebook) -> None:
    notebook.save("</textarea><script>alert(1)</script>")

    assert notebook.shown() == "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize("name", ["beatriz", "femi", "chipo", "edon"])
def test_everybody_who_sees_the_session_has_a_note_of_her_own(
    notebook: Notebook, cast: Cast, name: str
) -> None:
    notebook.save(TEXT)
    notebook.of(getattr(cast, name))
    page = notebook.browser.get(notebook.page).text
    assert TEXT not in page
    assert notebook.shown(page) == ""

    assert notebook.save("Mine").status_code == 303

    assert notebook.shown() == "Mine"
    assert notebook.of(cast.amina).shown() == TEXT


@pytest.mark.parametrize("name", ["dewi", "gita", "ilse"])
def test_nobody_else_writes_one(
    notebook: Notebook, database: Database, cast: Cast, name: str
) -> None:
    player = getattr(cast, name)
    notebook.of(player)

    assert notebook.browser.get(notebook.address).status_code == 404
    assert notebook.send({"note": TEXT}).status_code == 404
    assert _row(database, player) is None


def test_the_id_of_somebody_elses_form_reaches_nothing_of_hers(
    notebook: Notebook, cast: Cast
) -> None:
    form = notebook.form(TEXT)
    notebook.send(form)
    notebook.of(cast.beatriz)

    assert notebook.send({"id": form["id"], "note": "Mine"}).status_code == 303

    assert notebook.shown() == "Mine"
    assert notebook.of(cast.amina).shown() == TEXT


def test_an_older_form_over_a_newer_note_is_refused_with_both(notebook: Notebook) -> None:
    old = notebook.form(TEXT)
    notebook.save(OTHER)

    refused = notebook.send(old)

    assert refused.status_code == 422
    assert CHANGED in refused.text
    assert notebook.shown(refused.text) == TEXT
    assert f'<p class="kept" dir="auto">{OTHER}</p>' in refused.text
    assert "What is saved now" in refused.text
    assert notebook.shown() == OTHER


def test_saving_again_takes_hers(notebook: Notebook) -> None:
    old = notebook.form(TEXT)
    notebook.save(OTHER)
    refused = notebook.send(old).text

    assert notebook.send(notebook.form(TEXT, refused)).status_code == 303

    assert notebook.shown() == TEXT


def test_an_older_form_that_was_emptied_erases_nothing(notebook: Notebook) -> None:
    notebook.save(TEXT)
    old = notebook.form("")
    notebook.save(OTHER)

    refused = notebook.send(old)

    assert refused.status_code == 422
    assert notebook.shown(refused.text) == ""
    assert OTHER in refused.text
    assert notebook.send(notebook.form("", refused.text)).status_code == 303
    assert notebook.shown() == ""


def test_an_older_form_over_nothing_loses_nothing(notebook: Notebook) -> None:
    old = notebook.form(TEXT)
    notebook.save(OTHER)
    notebook.save("")

    assert notebook.send(old).status_code == 303
    assert notebook.shown() == TEXT


def test_two_phones_that_wrote_the_same_agree(notebook: Notebook) -> None:
    old = notebook.form(TEXT)
    notebook.save(TEXT)

    assert notebook.send(old).status_code == 303


def test_a_form_sent_twice_is_saved_once(
    notebook: Notebook, database: Database, cast: Cast, held_clock: HeldClock
) -> None:
    form = notebook.form(TEXT)
    notebook.send(form)
    before = _row(database, cast.amina)
    held_clock.moment += timedelta(hours=1)

    assert notebook.send(form).status_code == 303

    after = _row(database, cast.amina)
    assert before
    assert after
    assert (after.text_sealed, after.written_at) == (before.text_sealed, before.written_at)
    assert len(after.saves) == 1


def test_it_is_known_again_under_a_new_sealing_key(notebook: Notebook) -> None:
    form = notebook.form(TEXT)
    notebook.send(form)
    notebook.save(OTHER)
    newer = base64.b64encode(b"1" * 32).decode()
    older = base64.b64encode(RING.keys["k1"]).decode()
    sealing.use(sealing.Keyring.parse(f"k2:{newer} k1:{older}"))

    waited = sealed(notebook.address, {**form, "by": ""})
    assert notebook.send({"sealed": waited, "age": "1"}).status_code == 303

    assert notebook.shown() == OTHER
    assert notebook.save(TEXT).status_code == 303


def test_one_that_waited_has_its_own_time(
    notebook: Notebook, database: Database, cast: Cast
) -> None:
    waited = sealed(notebook.address, notebook.form(TEXT))

    answer = notebook.send({"sealed": waited, "age": "7200000"})

    assert answer.status_code == 303
    row = _row(database, cast.amina)
    assert row
    assert (row.text, row.written_at) == (TEXT, NOW - timedelta(hours=2))


def test_one_that_waited_while_the_note_changed_is_there_to_look_at(notebook: Notebook) -> None:
    form = notebook.form(TEXT)
    waited = {"sealed": sealed(notebook.address, form), "age": "1"}
    notebook.save(OTHER)

    for _ in range(2):
        looked = notebook.send(waited)
        assert looked.status_code == 422
        assert notebook.shown(looked.text) == TEXT
        assert OTHER in looked.text

    # Under the id by which the phone knows what waits, so that it can forget it.
    again = notebook.form(TEXT, looked.text)
    assert again["id"] == form["id"]
    assert notebook.send(again).status_code == 303
    assert notebook.shown() == TEXT


@pytest.mark.parametrize("later", [OTHER, ""])
def test_one_that_waited_and_comes_once_more_later_takes_nothing_back(
    notebook: Notebook, later: str
) -> None:
    form = notebook.form(TEXT)
    notebook.send(form)
    notebook.save(later)

    waited = sealed(notebook.address, form)

    assert notebook.send({"sealed": waited, "age": "1"}).status_code == 303
    assert notebook.shown() == later


@pytest.mark.parametrize("later", [OTHER, ""])
def test_going_back_to_an_older_form_and_saving_it_anew_is_asked_about(
    notebook: Notebook, later: str
) -> None:
    form = notebook.form(TEXT)
    notebook.send(form)
    notebook.save(later)

    refused = notebook.send(form)

    assert refused.status_code == 422
    assert notebook.shown(refused.text) == TEXT
    assert notebook.shown() == later
    again = notebook.form(TEXT, refused.text)
    assert again["id"] != form["id"]
    assert notebook.send(again).status_code == 303
    assert notebook.shown() == TEXT


def test_the_same_form_with_something_else_in_it_is_shown_beside(notebook: Notebook) -> None:
    form = notebook.form(TEXT)
    notebook.send(form)

    refused = notebook.send({**form, "note": OTHER})

    assert refused.status_code == 422
    assert notebook.shown(refused.text) == OTHER
    assert TEXT in refused.text
    assert notebook.send(notebook.form(OTHER, refused.text)).status_code == 303
    assert notebook.shown() == OTHER


def test_a_form_without_an_id_or_a_version_is_saved(notebook: Notebook) -> None:
    assert notebook.send({"note": TEXT}).status_code == 303
    assert notebook.shown() == TEXT
    assert notebook.send({"note": OTHER}).status_code == 422
    assert notebook.shown() == TEXT


def test_a_session_that_is_cancelled_or_over_keeps_it(
    notebook: Notebook, cast: Cast, held_clock: HeldClock
) -> None:
    notebook.save(TEXT)
    notebook.of(cast.chipo).browser.post_form(f"{notebook.page}/cancellations")
    assert notebook.of(cast.amina).shown() == TEXT

    held_clock.moment += timedelta(days=300)

    assert notebook.shown() == TEXT
    assert notebook.save(OTHER).status_code == 303


def test_no_session_is_erased_over_a_note(
    notebook: Notebook, database: Database, cast: Cast
) -> None:
    notebook.save(TEXT)

    with pytest.raises(IntegrityError), database.writing.begin() as db:
        db.execute(delete(GroupSession).where(GroupSession.id == cast.session_id))

    assert notebook.shown() == TEXT


def _membership(database: Database, player: Player) -> UUID:
    with database.reading() as db:
        return db.scalars(select(Membership.id).where(Membership.person_id == player.id)).one()


def test_who_leaves_the_group_keeps_hers(
    notebook: Notebook, database: Database, cast: Cast
) -> None:
    notebook.save(TEXT)
    waits = notebook.form("Written on the bus")
    assert "My notes" not in notebook.browser.get("/sessions").text

    fields = {"id": str(_membership(database, cast.amina))}
    notebook.browser.post_form(f"/groups/{cast.group_id}/leaving", fields)

    listed = notebook.browser.get("/sessions").text
    assert f'href="{notebook.address}"' in listed
    assert notebook.browser.get(notebook.page).status_code == 404
    page = notebook.browser.get(notebook.address).text
    assert notebook.shown(page) == TEXT
    assert "November group" not in page
    assert "26 November" not in page
    assert notebook.send(waits).headers["location"] == f"{notebook.address}?saved=note#my-note"
    page = notebook.browser.get(notebook.address).text
    assert notebook.shown(page) == "Written on the bus"
    notebook.send(notebook.form("", page))
    assert "My notes" not in notebook.browser.get("/sessions").text


def test_a_facilitator_who_says_goodbye_takes_no_note_away(
    notebook: Notebook, database: Database, cast: Cast
) -> None:
    notebook.of(cast.beatriz).save(TEXT)
    membership = _membership(database, cast.beatriz)
    with database.writing.begin() as db:
        goodbyes.say_goodbye(db, cast.chipo.reader, cast.group_id, membership)

    assert f'href="{notebook.address}"' in notebook.browser.get("/sessions").text
    assert notebook.shown(notebook.browser.get(notebook.address).text) == TEXT


def test_it_goes_when_she_goes(notebook: Notebook, database: Database, cast: Cast) -> None:
    notebook.save(TEXT)
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)
    gone = notebook.browser.get(notebook.address, follow_redirects=False)
    assert gone.headers["location"] == "/welcome"

    with database.writing.begin() as db:
        db.execute(delete(Person).where(Person.id == cast.amina.id))

    assert _row(database, cast.amina) is None


@pytest.mark.parametrize("name", ["amina", "femi"])
def test_after_a_loss_it_stays_hers(
    notebook: Notebook, database: Database, cast: Cast, name: str
) -> None:
    notebook.of(getattr(cast, name)).save(TEXT)
    end_journey(database, cast, spares_beside=True)

    assert notebook.shown() == TEXT
    assert notebook.save(OTHER).status_code == 303
    assert notebook.shown() == OTHER


def test_a_question_that_is_refused_leaves_the_note_as_it_is(notebook: Notebook) -> None:
    notebook.save(TEXT)
    fields = {"id": str(uuid4()), "question": "é" * 501}

    refused = notebook.browser.post_form(f"{notebook.page}/questions", fields).text

    assert notebook.shown(refused) == TEXT
    assert notebook.form("", refused)["id"] != fields["id"]
    assert CHANGED not in refused
