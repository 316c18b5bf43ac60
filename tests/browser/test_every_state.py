"""Nothing stands in anybody's way in any state either: when all is full, when something goes wrong,
without a line. Each is looked at by axe-core, in light and dark, and as large as it gets. (What is
empty or refused, and the lock, are looked at beside the other pages.)"""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from companion import clock
from companion.db import Database
from companion.demo.cast import AMINA
from companion.demo.story import prepare_demo
from companion.groups.models import Acceptance, Agreement
from companion.people import actions, sign_ins
from companion.people.models import Person
from companion.sessions.models import GroupSession
from tests.browser.conftest import PHONE, NewPhone, Phone
from tests.browser.test_access_for_all import _problems_of
from tests.browser.test_keyboard import go_to
from tests.browser.test_offline import go, keep, lose_the_line
from tests.browser.test_zoomed import LARGEST, LOOK, ZOOMED
from tests.cast import Cast
from tests.chat.conftest import agree

NORMAL = "() => { delete document.documentElement.dataset.text }"
POST = """([address, fields]) => {
  const make = (what, how) => Object.assign(document.createElement(what), how);
  const form = make("form", { method: "post", action: address });
  Object.entries(fields).forEach(([name, value]) => form.append(make("input", { name, value })));
  document.body.append(form);
  form.submit();
}"""

Found = dict[str, list[str]]


def look(page: Page) -> list[str]:
    """With everything open that opens."""
    page.evaluate(LARGEST)
    large: list[str] = page.evaluate(LOOK)
    page.evaluate(NORMAL)
    page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    zoomed: list[str] = page.evaluate(LOOK)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return large + zoomed + _problems_of(page)


def problems_in(found: Found) -> Found:
    return {state: problems for state, problems in found.items() if problems}


@pytest.fixture
def phone(new_phone: NewPhone, cast: Cast, database: Database) -> Phone:
    """Amina's, from right to left."""
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).language = "ar"
    phone = new_phone(locale="ar", bypass_csp=True)
    phone.sign_in(cast.amina.token)
    return phone


# Full


@pytest.fixture
def story(database: Database) -> tuple[str, str]:
    """The demo's: the token that signs its Amina in, and its next session."""
    prepare_demo(database)
    with database.writing.begin() as db:
        agreement = db.scalars(select(Agreement.id)).one()
        accepted = {"agreement_id": agreement, "person_id": AMINA.id, "accepted_at": clock.now()}
        db.add(Acceptance(**accepted))
        session = db.scalars(select(GroupSession.id).where(GroupSession.number == 4)).one()
        return sign_ins.sign_in(db, actions.person(db, AMINA.id), "Chrome · Android"), str(session)


def test_when_all_is_full(new_phone: NewPhone, story: tuple[str, str]) -> None:
    token, session = story
    phone = new_phone(locale="ar", bypass_csp=True)
    phone.sign_in(token)
    found = {}
    for address in ("/", "/record", "/record/a1", "/sessions", f"/sessions/{session}", "/chat"):
        phone.open(address)
        found[address] = look(phone.page)
    phone.page.locator(".said .acts").first.click()
    expect(phone.page.locator("#acts [data-then]")).to_be_focused()
    found["the sheet of a message"] = look(phone.page)

    assert problems_in(found) == {}


# When something goes wrong


def _no_database(*_: object) -> None:
    raise OperationalError("", None, Exception("locked"))


def _mistake(*_: object) -> None:
    raise RuntimeError("ours")


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("companion.people.routes.actions.has_spare_key", _no_database)
    monkeypatch.setattr("companion.people.routes.actions.rename", _no_database)
    monkeypatch.setattr("companion.people.routes.sign_ins.devices", _mistake)


# What is looked at or sent, and what is answered.
WRONG: list[tuple[str, dict[str, str], int]] = [
    ("/nothing", {}, 404),
    ("/spare-key", {}, 503),
    ("/devices", {}, 500),
    ("/text-size", {"size": "huge"}, 422),
    ("/record/a2", {"by": "somebody else", "weight": "68"}, 409),
    ("/name", {"name": "Amina B."}, 503),
]


def test_when_something_goes_wrong(phone: Phone, trouble: None) -> None:
    page, found = phone.page, {}
    phone.open("/more")
    for address, fields, status in WRONG:
        assert _ask(phone, address, fields) == status
        found[f"{address}: {status}"] = look(page)
    go_to(page, "main form .button")  # what she wrote is sent again by keyboard, too
    page.goto("about:blank")
    assert _ask(phone, "/name", {"name": "Amina B."}) == 403
    found["from elsewhere"] = look(page)
    phone.context.clear_cookies()
    phone.open("/welcome")
    assert _ask(phone, "/name", {"name": "Amina B."}) == 401
    found["signed out"] = look(page)

    assert problems_in(found) == {}


def _ask(phone: Phone, address: str, fields: dict[str, str]) -> int:
    with phone.page.expect_navigation() as answered:
        if fields:
            phone.page.evaluate(POST, [f"{phone.origin}{address}", fields])
        else:
            phone.page.goto(f"{phone.origin}{address}")
    answer = answered.value
    assert answer
    return answer.status


# Without a line


def test_without_a_line(phone: Phone, cast: Cast, database: Database) -> None:
    agree(database, cast.group_id, cast.chipo, cast.amina)
    page, found = phone.page, {}
    keep(phone)
    phone.open(f"/groups/{cast.group_id}/chat")
    lose_the_line(phone)
    page.locator("#text").fill("أنا في الحافلة")
    page.locator("#write form button").click()
    expect(page.locator("#talk .waits")).to_be_visible()
    found["a message waits"] = look(page)
    found["who to call"] = look(go(phone, "/call"))
    go(phone, "/record")
    expect(page.locator("#waiting li")).to_have_count(1)
    found["a page that does not come"] = look(page)

    phone.context.set_offline(False)
    phone.open("/record/a2")
    expect(page.locator("#outbox")).to_be_hidden()
    lose_the_line(phone)
    page.locator("#weight").fill("heavy")
    page.locator("#add button").first.click()
    expect(page.locator("#waiting li")).to_have_count(1)
    found["a reading waits"] = look(page)
    phone.context.set_offline(False)
    expect(page.locator("#waiting button")).to_have_count(2)
    found["a reading is refused"] = look(page)

    assert problems_in(found) == {}
    go_to(page, "#waiting button")
    page.keyboard.press("Enter")
    expect(page.locator("#weight")).to_have_value("heavy")
