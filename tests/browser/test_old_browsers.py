"""In an old browser everything is done as without scripts, or with what it has: nothing breaks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from companion.web.assets import assets
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.house import House

# What came after Chrome 86, the first in which htmx runs.
FORGET = """(() => {
  const gone = [
    [Array.prototype, "at", "findLast", "toSorted", "toReversed", "toSpliced", "with"],
    [String.prototype, "at", "isWellFormed"],
    [Object, "groupBy", "hasOwn"], [Promise, "any", "try", "withResolvers"],
    [Crypto.prototype, "randomUUID"], [AbortSignal, "timeout", "any"],
    [Element.prototype, "checkVisibility", "moveBefore", "setHTMLUnsafe", "ariaLabel"],
    [Document, "parseHTMLUnsafe"], [Document.prototype, "startViewTransition", "moveBefore"],
    [Navigator.prototype, "connection", "clearAppBadge", "userAgentData", "locks"],
    [ReadableStream.prototype, Symbol.asyncIterator, "values"],
    [self, "structuredClone", "BroadcastChannel", "WeakRef", "Translator", "navigation",
      "speechSynthesis", "TextDecoderStream"],
  ];
  for (const [there, ...names] of gone) for (const name of names) delete there[name];
})()"""
# And what Chrome 80 to 84, which cannot read htmx, do not have either.
FORGET_MORE = """delete Element.prototype.replaceChildren; delete String.prototype.replaceAll;
  delete self.trustedTypes"""
UNREADABLE = "let htmx = class { #is = ; }"


def _aged(css: str) -> str:
    """The stylesheet as Chrome 80 reads it."""
    css = re.sub(r"inset-[a-z-]+:[^;}]*;?", "", css)
    css = re.sub(r"[^{}]*(:has\(|:focus-visible)[^{}]*\{[^{}]*\}", "", css)
    return css.replace("@supports not (inset: 0)", "@media all")


def _answer(text: str, kind: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=text, content_type=kind)


@pytest.fixture(params=["reads htmx", "cannot read htmx"])
def phone(request: pytest.FixtureRequest, new_phone: NewPhone, cast: Cast, house: House) -> Phone:
    old = new_phone()
    old.sign_in(cast.amina.token)
    old.context.add_init_script(FORGET)
    if request.param == "cannot read htmx":
        css = _aged(assets()["companion.css"].plain.decode())
        old.context.add_init_script(FORGET_MORE)
        old.context.route("**/vendor-*.js", _answer(UNREADABLE, "text/javascript"))
        old.context.route("**/companion.*.css", _answer(css, "text/css"))
    return old


def test_every_journey_can_be_made(phone: Phone) -> None:
    page = phone.page
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(f"{error.name}: {error.message}"))

    _write_down(phone)
    _answer_a_session(phone)
    _talk(phone)
    _look(page)

    assert [each for each in broken if not each.startswith("SyntaxError")] == []


def _write_down(phone: Phone) -> None:
    page = phone.page
    phone.open("/record/a1")
    phone.fill({"systolic": "118"})
    page.locator("#add .button").first.click()
    expect(page.locator("#kind [role=alert]")).to_be_focused()
    phone.fill({"diastolic": "74"})
    page.locator("#add .button").first.click()
    expect(page.locator("#kind p.last")).to_contain_text("118")


def _answer_a_session(phone: Phone) -> None:
    page = phone.page
    phone.open("/")
    page.locator("#answer-yes").click()
    expect(page.locator("#answer-yes")).to_have_attribute("aria-pressed", "true")
    page.locator("main .now a").first.click()
    page.locator("#questions textarea").fill("Is coffee fine?")
    page.locator("#questions .button").last.click()
    expect(page.locator("#questions")).to_contain_text("Is coffee fine?")


def _talk(phone: Phone) -> None:
    page = phone.page
    phone.open("/chat")
    page.locator("#agreement .button").click()
    page.locator("#text").fill("Good morning")
    page.locator("#write form .button").click()
    expect(page.locator(".said.mine")).to_contain_text("Good morning")
    page.locator("#n1 .acts").click()
    page.locator("#acts [value=hug]").click()
    expect(page.locator("#n1")).to_contain_text("🤗 1")


def _look(page: Page) -> None:
    """The bar is at the end of the screen, the way past it is out of sight, the page is as wide."""
    box = page.locator("nav").bounding_box()
    assert box
    assert box["width"] == 360
    assert abs(box["y"] + box["height"] - 640) < 1
    skip = page.locator(".skip").evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert skip <= 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
