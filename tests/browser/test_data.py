"""What Companion used on a phone: counted there, by month, and wiped at sign-out."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewPhone, Phone
from tests.browser.test_offline import IS_KEPT, wait_for
from tests.cast import Cast

KEPT = "localStorage.data"
CAME = """["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
  .reduce((sum, { transferSize }) => sum + transferSize, 0)"""


def test_the_phone_counts_what_comes_and_tells_nobody(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))

    counted = came = 0
    for address in ("/", "/record", "/", "/data"):
        phone.open(address)
        counted = _counted(phone)
        came += phone.page.evaluate(CAME)

    assert counted == came
    assert 20_000 < counted < 40_000
    expect(phone.page.locator("#counted")).to_be_visible()
    expect(phone.page.locator("#uncounted")).to_be_hidden()
    expect(phone.page.locator("#used")).to_have_text(re.compile(r"^[2-4]\d$"))
    assert not [each for each in asked if "data=" in each or str(counted) in each]


def test_a_page_that_comes_through_the_worker_counts_as_it_came(
    new_phone: NewPhone, cast: Cast
) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.open("/")
    wait_for(phone, IS_KEPT)
    before = _counted(phone)

    phone.open("/record")

    came = _counted(phone) - before
    unpacked = phone.page.evaluate("performance.getEntriesByType('navigation')[0].decodedBodySize")
    assert unpacked > 5_000
    assert 1_500 < came < 3_000


def test_a_new_month_begins_at_nothing(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.open("/more")
    phone.page.evaluate(f"{KEPT} = '2020-0 9000000'")

    phone.open("/data")

    assert _counted(phone) < 40_000


def test_a_browser_that_cannot_count_says_so(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.context.add_init_script("delete PerformanceResourceTiming.prototype.transferSize")

    phone.open("/more")
    phone.open("/data")

    expect(phone.page.locator("#uncounted")).to_be_visible()
    expect(phone.page.locator("#counted")).to_be_hidden()


def test_nothing_is_counted_after_she_has_signed_out(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.open("/more")
    assert _counted(phone)

    phone.send("/sign-out")
    phone.page.wait_for_url("**/welcome")
    phone.page.wait_for_timeout(300)

    assert phone.page.evaluate("localStorage.length") == 0


def test_whoever_prefers_less_data_opens_no_stream(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    # No browser says so unless it is told to: what a stylesheet would hear, a script is told.
    phone.context.add_init_script(
        "const ask = matchMedia; window.matchMedia = (what) =>"
        " what.includes('reduced-data') ? { matches: true } : ask(what)"
    )
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))

    phone.open("/chat")
    phone.page.wait_for_timeout(500)

    assert not [each for each in asked if "/live" in each]


def _counted(phone: Phone) -> int:
    """Once the page has said what it cost: a browser does that a moment after it has loaded."""
    phone.page.wait_for_load_state("networkidle")
    phone.page.wait_for_function(KEPT)
    return int(phone.page.evaluate(f"{KEPT}.split(' ')[1]"))
