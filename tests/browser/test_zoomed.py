"""Nothing is lost to whoever reads large: at 400 % zoom, at the largest text, with more space between
letters and lines. Nothing scrolls sideways, is cut off, stands behind the bar, or is too small to hit."""

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
  const all = (what) => [...document.querySelectorAll(what)].filter((each) => each.getClientRects().length);
  const name = (each) => `${each.localName}.${each.className} ${(each.textContent || each.name || "").trim().slice(0, 30)}`;
  const problems = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];

  // What is meant to be cut: words for ears alone, and the first two lines of what is quoted.
  const mayCut = ".hidden, .quote, input, select, textarea, audio, svg, svg *";
  for (const each of all("body *")) {
    if (each.matches(mayCut) || each.closest("#acts.card")) continue;
    const { overflowX, overflowY } = getComputedStyle(each);
    const isButton = each.matches("button, .button, .pill, nav a");
    const isWide = each.scrollWidth > each.clientWidth + 1 && (isButton || overflowX !== "visible");
    const isHigh = each.scrollHeight > each.clientHeight + 1 && overflowY !== "visible";
    if (each.clientWidth && (isWide || isHigh)) problems.push(`cut off: ${name(each)}`);
  }

  const ours = "button, .button, .pill, .back, .line, .pick, .acts, .close, nav a, summary, select, textarea, input";
  const inText = (each) => getComputedStyle(each).display === "inline";
  for (const each of all("a, button, summary, .pick, input, select, textarea")) {
    if (each.matches(".pick input, .skip, li.line")) continue;
    const { width, height } = each.getBoundingClientRect();
    const least = each.matches(ours) ? 44 : inText(each) ? 0 : 24;
    if (Math.min(width, height) < least - .1) problems.push(`too small, ${width} by ${height}: ${name(each)}`);
  }

  const bars = all("nav, .say").filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position));
  for (const each of all("a, button, summary, input, select, textarea")) {
    if (each.closest("nav, .say") || each.type === "hidden") continue;
    each.focus();
    const { top, bottom, height } = each.getBoundingClientRect();
    const under = Math.min(innerHeight, ...bars.map((bar) => bar.getBoundingClientRect().top));
    const seen = Math.min(bottom, under) - Math.max(top, 0);
    if (seen < Math.min(height, 44) - 1) problems.push(`covered, ${seen} is seen: ${name(each)}`);
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


@pytest.mark.parametrize("actor", ["amina", "chipo", "edon", "ilse"])
def test_nothing_is_lost_to_whoever_reads_large(
    ways: dict[str, Phone], cast: Cast, house: House, database: Database, actor: str
) -> None:
    player = getattr(cast, actor)
    with database.writing.begin() as db:
        db.get_one(Person, player.id).language = "en"
    for phone in ways.values():
        phone.sign_in(player.token)
        phone.open("/countries")

    found = {}
    for address in pages_of(actor, house):
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
