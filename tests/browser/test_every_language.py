"""No language breaks a page on a small phone: nothing scrolls sideways, no button is cut off."""

import pytest

from companion.db import Database
from companion.i18n.catalogue_files import translated_languages
from companion.i18n.languages import Language, languages
from companion.people.models import Person
from tests.access.pages import LOOKERS, pages_of
from tests.browser.conftest import NewPhone
from tests.cast import Cast
from tests.house import House

# Those with words of their own; and the pseudo-language, which is a third longer than English.
LANGUAGES = [*translated_languages(), languages()["en-XA"]]
# The pages of facilitators and coordinators, too, in those that are hardest on a page.
HARDEST = ("de", "ar", "en-XA")
LOOK = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];
  const cut = [...document.querySelectorAll("button, .button, .pill, nav a")]
    .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1)
    .map((each) => `cut off: ${each.textContent.trim()}`);
  const turned = getComputedStyle(document.body).direction;
  return [...wide, ...cut, ...(turned === root.dir ? [] : [`runs ${turned}`])];
}"""


@pytest.mark.parametrize("of", LANGUAGES, ids=lambda each: each.code)
def test_every_page_fits(
    new_phone: NewPhone, cast: Cast, house: House, database: Database, of: Language
) -> None:
    found = {}
    for actor in LOOKERS if of.code in HARDEST else ("amina",):
        phone = new_phone(scripts=False)
        cookie = {"name": "language", "value": of.code, "url": phone.origin}
        phone.context.add_cookies([cookie])  # type: ignore[list-item]
        if actor != "nobody":
            player = getattr(cast, actor)
            with database.writing.begin() as db:
                db.get_one(Person, player.id).language = of.code
            phone.sign_in(player.token)
        phone.open("/countries")
        for address in pages_of(actor, house):
            # Drawn where the last one stood: twice as fast as going there.
            answer = phone.context.request.get(f"{phone.origin}{address}")
            assert answer.status == 200, address
            phone.page.set_content(answer.text(), wait_until="load")
            if problems := phone.page.evaluate(LOOK):
                found[actor, address] = problems

    assert found == {}
