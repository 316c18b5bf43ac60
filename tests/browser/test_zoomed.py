"""Nothing is lost to whoever reads large: at 400 % zoom, at the largest text, with more space
between letters. Nothing scrolls sideways, is cut off, is covered, is too small to hit."""

import pytest
from playwright.sync_api import Page

from companion.db import Database
from companion.people.models import Person
from tests.access.pages import pages_of
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.house import House

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024, four times as large (WCAG 1.4.10)
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
LARGEST = "() => { document.documentElement.dataset.text = 'largest' }"
LOOK = """() => {
  const root = document.documentElement;
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  const isThere = (each) => each.getClientRects().length;
  const all = (what) => [...document.querySelectorAll(what)].filter(isThere);
  const said = (each) => (each.textContent || each.name || "").trim().slice(0, 30);
  const { scrollWidth, clientWidth } = root;
  const problems = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : [];
  const note = (what, each) => problems.push(`${what}: ${each.localName} ${said(each)}`);

  // What is meant to be cut: words for ears alone, and the first two lines of what is quoted.
  const mayCut = ".hidden, .quote, input, select, textarea, audio, svg, svg *, #acts.card";
  for (const each of all("body *")) {
    const { overflowX, overflowY } = getComputedStyle(each);
    if (!each.clientWidth || each.matches(mayCut)) continue;
    const isButton = each.matches("button, .button, .pill, nav a");
    const isWide = each.scrollWidth > each.clientWidth + 1;
    const isHigh = each.scrollHeight > each.clientHeight + 1;
    if (isWide && (isButton || overflowX !== "visible")) note("cut off", each);
    if (isHigh && overflowY !== "visible") note("cut off", each);
  }

  const controls = "a, button, summary, input, select, textarea";
  for (const each of all(`${controls}, .pick`)) {
    if (each.matches(".pick input, .skip")) continue;
    const { width, height } = each.getBoundingClientRect();
    // A link in a sentence is as high as its line; every other one can be hit by a thumb.
    const isInText = each.matches("a") && getComputedStyle(each).display === "inline";
    if (!isInText && Math.min(width, height) < 43.9) note(`${width} by ${height}`, each);
  }

  const isInFront = (each) => ["fixed", "sticky"].includes(getComputedStyle(each).position);
  const bars = all("nav, .say").filter(isInFront);
  for (const each of all(controls)) {
    if (each.closest("nav, .say")) continue;
    each.focus();
    const { top, bottom, height } = each.getBoundingClientRect();
    // The sheet of a message stands in front of the bars.
    const inFront = each.closest("#acts") ? [] : bars;
    const under = Math.min(innerHeight, ...inFront.map((bar) => bar.getBoundingClientRect().top));
    const seen = Math.min(bottom, under) - Math.max(top, 0);
    if (seen < Math.min(height, 44) - 1) note(`covered, ${seen} is seen`, each);
  }
  return problems;
}"""


@pytest.fixture
def ways(new_phone: NewPhone) -> dict[str, Phone]:
    """The same pages, as three people look at them."""
    return {
        "zoomed": new_phone(scripts=False, viewport=ZOOMED),
        "largest": new_phone(scripts=False),
        "spaced": new_phone(scripts=False),
    }


CHANGES = {"largest": LARGEST, "spaced": SPACED}


# Each in a language whose words are long: a real one, and the pseudo-language.
LOOKERS = {"amina": "uk", "chipo": "en-XA", "edon": "en-XA", "ilse": "en-XA"}
OTHER_FOR_EACH = ("/", "/more", "/sessions", "/groups")


def _pages(actor: str, house: House) -> list[str]:
    """What nobody before her has looked at, or what is another page for her."""
    before = list(LOOKERS)[: list(LOOKERS).index(actor)]
    seen = {address for other in before for address in pages_of(other, house)}
    return [each for each in pages_of(actor, house) if each not in seen or each in OTHER_FOR_EACH]


@pytest.mark.parametrize("actor", LOOKERS)
def test_nothing_is_lost_to_whoever_reads_large(
    ways: dict[str, Phone], cast: Cast, house: House, database: Database, actor: str
) -> None:
    player = getattr(cast, actor)
    with database.writing.begin() as db:
        db.get_one(Person, player.id).language = LOOKERS[actor]
    for phone in ways.values():
        phone.sign_in(player.token)
        phone.open("/countries")

    found = {}
    for address in _pages(actor, house):
        answer = ways["largest"].context.request.get(f"{ways['largest'].origin}{address}")
        assert answer.status == 200, address
        for way, phone in ways.items():
            if problems := _look(phone.page, answer.text(), CHANGES.get(way)):
                found[address, way] = problems

    assert found == {}


def _look(page: Page, html: str, change: str | None) -> list[str]:
    # Drawn where the last one stood: twice as fast as going there.
    page.set_content(html, wait_until="load")
    if change:
        page.evaluate(change)
    found: list[str] = page.evaluate(LOOK)
    return found
