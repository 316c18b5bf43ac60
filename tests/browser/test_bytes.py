"""The data budget, measured over real HTTP in a real browser (compressed, headers included).

What a phone keeps for when there is no line is no part of a page: it is fetched once, by the
worker, when she has been on a page for three seconds, and has a budget of its own (`AHEAD`). Of it
the meter, which listens to the page, hears nothing; what the server sent is counted instead.
"""

import gzip
import json
import socket
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import CDPSession

from companion import clock
from companion.chat.models import Conversation, Message
from companion.config import Config
from companion.db import Database
from companion.measurements.chart import MOST_READINGS
from companion.measurements.models import Measurement
from companion.web.assets import assets
from companion.web.installing import outbox, worker
from companion.web.waiting_forms import public_key
from tests.access.pages import pages_of
from tests.browser.conftest import WITHOUT_WORKER, Line, NewPhone, Phone
from tests.browser.pushing import Ends, until
from tests.browser.test_offline import ASKED_BY_ITSELF, IS_KEPT, POOR, wait_for
from tests.cast import Cast, Player
from tests.chat.wire import Wire, agree
from tests.house import House
from tests.notifications.push_service import PushService
from tests.served import free_port

FIRST_VISIT, MOST_REQUESTS, NEXT_PAGE, ONE_MESSAGE = 40_000, 8, 5_000, 700
OUR_SCRIPTS, WORKER, STYLESHEET, CHART = 8_000, 2_000, 9_000, 5_000
AHEAD, AHEAD_ON_A_POOR_LINE, ONCE_A_DAY = 17_500, 11_000, 2_000
SAID = (
    "Does anybody else wake up at four every night? I lie there and count the hours until six.",
    "Ja, al een week. Een kussen tussen de knieën helpt een beetje, en een korte wandeling.",
    "أنا أيضًا أستيقظ كل ليلة. أمشي قليلًا في الغرفة وأشرب كأس ماء ثم أعود إلى النوم.",
    "Good one for Thursday. Shall we park it?",
)


class Meter:
    """What came over the line since it was last read; what comes through the worker it does not
    hear."""

    def __init__(self, phone: Phone) -> None:
        self.bytes: list[float] = []
        session: CDPSession = phone.context.new_cdp_session(phone.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:
            self.bytes.append(event["encodedDataLength"])

    def read(self, phone: Phone) -> list[float]:
        # A conversation's line is never idle: what belongs to the page has come by now.
        phone.page.wait_for_load_state("load")
        phone.page.wait_for_timeout(150)
        read, self.bytes = self.bytes, []
        return read


@pytest.fixture
def config(service: PushService) -> Config:
    return Config(port=free_port(), worker=False, push_services=service.origin)


@pytest.mark.parametrize("who", ["nobody", "amina"])
def test_the_first_visit_is_within_the_budget(new_phone: NewPhone, cast: Cast, who: str) -> None:
    phone = new_phone(**WITHOUT_WORKER)
    if who != "nobody":
        phone.sign_in(cast.amina.token)
    meter = Meter(phone)

    phone.open("/")
    if who != "nobody":
        phone.open("/chat")  # it has scripts of its own

    came = meter.read(phone)
    print(f"first visit, {who}: {sum(came):.0f} bytes in {len(came)} requests")
    assert len(came) <= MOST_REQUESTS
    assert sum(came) <= FIRST_VISIT


def test_every_next_page_is_within_the_budget(
    new_phone: NewPhone, cast: Cast, house: House
) -> None:
    phone = new_phone(**WITHOUT_WORKER)
    phone.sign_in(cast.amina.token)
    meter = Meter(phone)
    for address in ("/", "/chat", "/reminders", "/call"):  # these have files of their own
        phone.open(address)
    meter.read(phone)
    came = {}
    for address in pages_of("amina", house):
        phone.open(address)
        came[address] = sum(meter.read(phone))

    for address, size in sorted(came.items(), key=lambda each: each[1]):
        print(f"{size:6.0f} {address}")
    assert {address: size for address, size in came.items() if size > NEXT_PAGE} == {}


@pytest.mark.parametrize("who", ["nobody", "amina"])
def test_who_to_call_comes_within_the_budget_with_its_pictures(
    new_phone: NewPhone, line: Line, cast: Cast, who: str
) -> None:
    phone = new_phone(**WITHOUT_WORKER)
    if who != "nobody":
        phone.sign_in(cast.amina.token)
    meter = Meter(phone)
    refused: list[str] = []
    phone.page.on("console", lambda said: refused.append(said.text))
    address = "/call/nl" if who == "nobody" else "/call"

    phone.open(address)
    _wait_for_the_icon(phone, line)
    first = meter.read(phone)
    phone.open(address)
    again = meter.read(phone)

    print(f"who to call, {who}: {sum(first):.0f} in {len(first)} requests, then {sum(again):.0f}")
    assert sum(first) <= FIRST_VISIT
    assert len(first) <= MOST_REQUESTS
    assert sum(again) <= NEXT_PAGE
    assert len(again) == 1
    # The pictures are drawn, and the browser was not asked for anything it refuses.
    phone.page.locator("summary").first.click()
    box = phone.page.locator("details .picture use").first.bounding_box()
    assert box
    assert box["height"] > 20
    assert refused == []


def test_with_a_phone_that_rings_too(
    new_phone: NewPhone, line: Line, cast: Cast, service: PushService
) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    Ends(phone, service.phone("amina")).let_it_ring()
    phone.open("/")
    _kept_ahead(phone, line)
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")

    another_day = _come_back(phone, line)
    phone.open("/chat")
    later = _come_back(phone, line)

    print(f"a phone that rings: {sum(another_day.values())} on another day, {later} later")
    assert sum(another_day.values()) <= FIRST_VISIT
    assert sum(later.values()) <= NEXT_PAGE


def _come_back(phone: Phone, line: Line) -> dict[str, int]:
    phone.page.evaluate("sessionStorage.clear()")
    line.read()
    with phone.page.expect_response("**/phones"):
        phone.open("/")
    phone.page.wait_for_timeout(300)
    # Whether there is a new worker the browser asks when it likes: of one that has lost its cache,
    # that may be on this visit or on the next.
    return {path: size for path, size in line.read().items() if path not in ASKED_BY_ITSELF}


def test_our_scripts_and_the_stylesheet_are_small() -> None:
    """All that a participant's phone runs beside the worker, in the compression that every browser
    takes for which they are written. Recording is for those who make recordings; a phone that locks
    is not one on which she reads without a line."""
    sizes = {name: len(each.brotli) for name, each in assets().items()}
    ours = {name: size for name, size in sizes.items() if name.startswith("js-")}
    del ours["js-recording.js"]
    ours["outbox.js"] = len(outbox(public_key()).brotli)
    never_both = min(ours["js-lock.js"], ours["js-reading.js"])

    print(ours, sizes["companion.css"])
    assert sum(ours.values()) - never_both <= OUR_SCRIPTS
    assert len(assets()["companion.css"].gzip) <= STYLESHEET


def test_what_lets_forms_wait_is_as_small_as_the_worker_that_it_is_a_part_of() -> None:
    assert len(outbox(public_key()).gzip) <= WORKER


@pytest.fixture
def charted(database: Database, cast: Cast) -> None:
    """As many readings as a picture shows, with two lines."""
    with database.writing.begin() as db:
        for day in range(MOST_READINGS):
            taken = clock.now() - timedelta(days=day, minutes=day * 7 % 60)
            values = {"systolic": str(108 + day * 7 % 23), "diastolic": str(66 + day * 5 % 17)}
            db.add(
                Measurement(
                    person_id=cast.amina.id,
                    kind="blood-pressure",
                    values=json.dumps({"values": values, "unit": dict.fromkeys(values, "mmHg")}),
                    taken_at=taken,
                    written_at=taken,
                )
            )


def test_a_chart_adds_little(new_phone: NewPhone, cast: Cast, charted: None) -> None:
    phone = new_phone(**WITHOUT_WORKER)
    phone.sign_in(cast.amina.token)
    meter = Meter(phone)
    phone.open("/record/a2")  # nothing was written here
    meter.read(phone)
    phone.open("/record/a2")
    without = sum(meter.read(phone))

    phone.open("/record/a1")

    came = sum(meter.read(phone))
    assert phone.page.locator(".chart circle").count() > MOST_READINGS
    print(f"a page with a chart: {came:.0f}, without: {without:.0f}")
    assert came - without <= CHART


def test_whoever_saves_data_is_sent_no_pictures(new_phone: NewPhone) -> None:
    phone = new_phone(extra_http_headers={"Save-Data": "on"}, **WITHOUT_WORKER)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))

    phone.open("/call/nl")
    phone.page.wait_for_load_state("networkidle")

    assert not [each for each in asked if "signs" in each]
    phone.page.locator("summary").first.click()
    assert phone.page.locator("details li").first.inner_text()


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("address", ["/service-worker.js", "/sw.js"])
def test_the_worker_is_small_over_the_line(origin: str, address: str, encoding: str) -> None:
    asked = {"Accept-Encoding": encoding}
    with httpx.stream("GET", f"{origin}{address}", headers=asked) as answer:
        came = sum(len(each) for each in answer.iter_raw())

    print(f"the worker: {came} bytes ({encoding})")
    assert answer.headers["content-encoding"] == encoding
    assert came <= WORKER
    assert len(gzip.compress(worker().plain, 9)) <= WORKER


def test_what_is_kept_comes_after_the_first_visit_and_within_a_budget_of_its_own(
    new_phone: NewPhone, line: Line, cast: Cast
) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.open("/")
    _wait_for_the_icon(phone, line)
    first = line.read()
    assert not {"/service-worker.js", "/kept"} & set(first)

    ahead = _kept_ahead(phone, line)
    print(f"first visit: {sum(first.values())} bytes; ahead: {sum(ahead.values())}, {ahead}")
    assert sum(ahead.values()) <= AHEAD
    assert sum(first.values()) + sum(ahead.values()) <= FIRST_VISIT
    # What the page brought is not fetched again.
    assert not set(first) & set(ahead)

    (kept_by,) = phone.context.service_workers
    kept_by.evaluate("() => { const now = Date.now; Date.now = () => now() + 864e5; }")
    phone.open("/")
    until(phone.page, lambda: "/kept" in dict(line.came))
    phone.page.wait_for_timeout(500)
    daily = line.read()
    del daily["/"]
    print(f"once a day: {daily}")
    assert set(daily) == {"/kept"}
    assert daily["/kept"] <= ONCE_A_DAY


@pytest.mark.parametrize("how", POOR)
def test_on_a_poor_line_less_is_fetched_ahead(
    new_phone: NewPhone, line: Line, cast: Cast, how: str
) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.page.add_init_script(POOR[how])
    phone.open("/")
    _wait_for_the_icon(phone, line)
    line.read()

    ahead = _kept_ahead(phone, line)

    print(f"ahead on a poor line: {sum(ahead.values())}, {ahead}")
    assert sum(ahead.values()) <= AHEAD_ON_A_POOR_LINE
    assert set(ahead) == {"/service-worker.js", "/outbox.js", "/kept", "/call", "/waiting"}


def _wait_for_the_icon(phone: Phone, line: Line) -> None:
    """Browsers ask for it when they like, also after the page is there."""
    until(phone.page, lambda: any("icon" in path for path, _ in line.came))


def _kept_ahead(phone: Phone, line: Line) -> dict[str, int]:
    wait_for(phone, IS_KEPT)
    phone.page.wait_for_timeout(300)  # what has come is counted a moment later
    return line.read()


@pytest.fixture
def talk(database: Database, cast: Cast) -> None:
    """A page of messages such as people write them, in three scripts."""
    agree(database, cast)
    with database.writing.begin() as db:
        db.add(Conversation(group_id=cast.group_id, last=40))
        db.add_all(
            Message(
                group_id=cast.group_id,
                number=number,
                changed=number,
                author_id=(cast.amina, cast.beatriz, cast.chipo)[number % 3].id,
                role="participant",
                text=f"{SAID[number % len(SAID)]} {number}",
                language="en",
                reply_to=number - 2 if number % 5 == 0 else None,
                written_at=clock.now(),
                reactions={"heart": number} if number % 4 == 0 else {},
            )
            for number in range(1, 41)
        )


def test_a_full_conversation_is_within_the_budget(
    new_phone: NewPhone, config: Config, cast: Cast, talk: None
) -> None:
    phone = new_phone(**WITHOUT_WORKER)
    phone.sign_in(cast.amina.token)
    meter = Meter(phone)
    phone.open("/chat")
    meter.read(phone)

    phone.open(f"/groups/{cast.group_id}/chat")

    assert phone.page.locator(".said").count() == 30
    came = sum(meter.read(phone))
    with socket.create_connection(("127.0.0.1", config.port)) as line:
        opened = len(_until(line, b"event: hello", ask=_live(cast, cast.amina)))
    print(f"{came:6.0f} a conversation of 30 messages, and {opened} to open its line")
    assert came + opened <= NEXT_PAGE


@pytest.mark.parametrize("text", SAID)
def test_a_message_over_the_line_is_within_the_budget(
    origin: str, config: Config, cast: Cast, talk: None, text: str
) -> None:
    wire = Wire(origin, cast.group_id)
    with socket.create_connection(("127.0.0.1", config.port)) as line:
        _until(line, b"event: hello", ask=_live(cast, cast.beatriz))
        wire.say(cast.amina, text)
        came = _until(line, b"</li>")

    print(f"{len(came):6} a message of {len(text)} letters")
    assert len(came) <= ONE_MESSAGE


def _live(cast: Cast, player: Player) -> bytes:
    asked = f"GET /groups/{cast.group_id}/live HTTP/1.1\r\nHost: x\r\nCookie: sign-in="
    return f"{asked}{player.token}\r\n\r\n".encode()


def _until(line: socket.socket, end: bytes, ask: bytes = b"") -> bytes:
    """Everything that comes, as it comes over the line, until this has come."""
    line.sendall(ask)
    came = b""
    while end not in came:
        came += line.recv(65_536)
    return came
