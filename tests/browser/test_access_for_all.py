"""axe-core finds nothing on any page: in English and Arabic, light and dark. Nor does it scroll
sideways on a small phone."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from companion.db import Database
from companion.people.models import Person
from tests.access.pages import pages_of
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.house import House

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The contrast of level AAA, which is among all that has to do with colours, nobody has promised.
RUN = """async (tags) => {
  const rules = {"color-contrast-enhanced": {enabled: false}};
  const found = await axe.run(document, {runOnly: tags, rules, resultTypes: ["violations"]});
  return found.violations.map((each) => `${each.id}: ${each.nodes[0].html}`);
}"""


@pytest.mark.parametrize(
    ("actor", "language"),
    [("nobody", "en"), ("amina", "ar"), ("chipo", "en"), ("edon", "ar")],
)
def test_nothing_stands_in_anybodys_way(
    new_phone: NewPhone, cast: Cast, house: House, database: Database, actor: str, language: str
) -> None:
    phone = new_phone(locale=language, bypass_csp=True)
    if actor != "nobody":
        player = getattr(cast, actor)
        with database.writing.begin() as db:
            db.get_one(Person, player.id).language = language
        phone.sign_in(player.token)

    found = {address: _problems(phone, address) for address in pages_of(actor, house)}

    assert {address: problems for address, problems in found.items() if problems} == {}


COACH = "#coach > [data-when]"
SAY = "(parts, state) => parts.forEach((part) => { part.hidden = part.dataset.when !== state; })"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_that_the_coach_or_a_refused_form_says_stands_in_the_way(
    new_phone: NewPhone, cast: Cast, database: Database, language: str
) -> None:
    phone = new_phone(locale=language, bypass_csp=True, user_agent="iPhone")
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).language = language
    phone.sign_in(cast.amina.token)
    phone.open("/reminders")
    parts = phone.page.locator(COACH)

    found = {}
    for state in sorted(set(parts.evaluate_all("all => all.map((each) => each.dataset.when)"))):
        parts.evaluate_all(SAY, state)
        found[state] = _problems_of(phone.page)
    phone.page.locator("[name=quiet_from]").evaluate("e => { e.type = 'text'; e.value = 'x'; }")
    phone.send("/reminders")
    phone.page.locator("[aria-invalid=true]").wait_for()
    found["refused"] = _problems_of(phone.page)

    assert len(found) == 9
    assert {state: problems for state, problems in found.items() if problems} == {}


EMPTY = ("/", "/record", "/chat", "/sessions", "/discreet")
REFUSED: dict[str, dict[str, str]] = {
    "/record/a1": {"systolic": "9", "diastolic": "x"},
    "/record/a2": {"weight": "685"},
    "/name": {"name": " "},
    "/reminders/own": {"text": "", "at": ""},
}


def test_nothing_stands_in_her_way_when_there_is_nothing_or_it_is_refused(
    new_phone: NewPhone, cast: Cast
) -> None:
    phone = new_phone(bypass_csp=True)
    phone.sign_in(cast.hana.token)  # in no group, with nothing written down
    empty = {address: _problems(phone, address) for address in EMPTY}
    refused = {}
    for address, fields in REFUSED.items():
        phone.open(address)
        phone.fill(fields)
        phone.send(address)
        phone.page.locator("main [role=alert]").wait_for()
        refused[address] = _problems_of(phone.page)

    found = {**empty, **refused}
    assert {state: problems for state, problems in found.items() if problems} == {}


def _problems(phone: Phone, address: str) -> list[str]:
    phone.open(address)
    return _problems_of(phone.page)


def _problems_of(page: Page) -> list[str]:
    # Without motion a colour is what it is at once, and not on its way.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(AXE)
    light: list[str] = page.evaluate(RUN, RULES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark: list[str] = page.evaluate(RUN, ["cat.color"])
    return light + dark + _sideways(page)


def _sideways(page: Page) -> list[str]:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} pixels wide"] if width > 360 else []
