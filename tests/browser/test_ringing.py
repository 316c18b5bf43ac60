"""A phone rings in a real browser: what is pushed is shown, and a tap opens the page. And none of
the ways in which ringing dies in silence is silent here."""

import json
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from companion.config import Config
from companion.db import Database
from companion.notifications.keys import PushKey, push_key
from companion.notifications.models import Notification, PushSubscription
from companion.notifications.payload import Told, payload
from companion.people.models import SignIn
from companion.web.looks import OWN
from tests.browser.conftest import NewPhone
from tests.browser.pushing import Ends, until
from tests.cast import Cast, Player
from tests.house import House
from tests.notifications.push_service import PushService
from tests.served import free_port


@pytest.fixture
def config(service: PushService) -> Config:
    return Config(port=free_port(), worker=False, push_services=service.origin)


@pytest.fixture
def ends(new_phone: NewPhone, cast: Cast, service: PushService) -> Ends:
    """Amina's phone. Its push service has two addresses for it, one after the other."""
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    return Ends(phone, service.phone("first"), service.phone("second"))


@pytest.fixture
def rings(ends: Ends) -> Ends:
    """The same phone, and it rings."""
    ends.let_it_ring()
    return ends


def ring_of(database: Database, player: Player) -> str:
    with database.reading() as db:
        return db.get_one(SignIn, player.reader.sign_in_id).ring


def endpoints(database: Database) -> list[str]:
    with database.reading() as db:
        return [each.address.split('"')[3] for each in db.scalars(select(PushSubscription))]


# What comes is shown


@pytest.mark.parametrize(("language", "direction"), [("nl", "ltr"), ("ar", "rtl")])
def test_what_is_pushed_is_shown_in_her_language_and_noted_as_arrived(
    ends: Ends, house: House, database: Database, language: str, direction: str
) -> None:
    ends.let_it_ring()
    notification_id = UUID(house.ids["notification_id"])
    address = f"{ends.phone.origin}/sessions"
    told = Told(str(notification_id), language, OWN, address, topic="t" * 32, count=1)
    text = payload(told).decode()

    (shown,) = ends.push(text)

    said = json.loads(text)["notification"]["body"]
    assert (shown["title"], shown["body"]) == ("Companion", said)
    assert said != "There is something for you in Companion."
    assert (shown["lang"], shown["dir"]) == (language, direction)
    assert (shown["tag"], shown["renotify"], shown["silent"]) == ("t" * 32, True, False)
    assert shown["data"] == address

    def has_arrived() -> bool:
        with database.reading() as db:
            return db.get_one(Notification, notification_id).arrived_at is not None

    until(ends.phone.page, has_arrived)


def told(origin: str, path: str, *, look: str = OWN) -> str:
    words = Told("1", "en", look, f"{origin}{path}", topic="t" * 32, count=2, silent=look != OWN)
    return payload(words).decode()


def test_discreet_means_a_neutral_name_picture_and_no_sound_where_none_is_wanted(
    rings: Ends,
) -> None:
    (shown,) = rings.push(told(rings.phone.origin, "/", look="notes"))

    assert (shown["title"], shown["body"]) == ("Notes", "There is something new.")
    assert "notes" in shown["icon"]
    assert (shown["silent"], shown["renotify"]) == (True, False)


READ = """() => {
  class Given {
    get title() { return "Companion"; }
    get body() { return "There is something."; }
    get navigate() { return "/sessions"; }
  }
  dispatchEvent(Object.assign(new ExtendableEvent("push"), { notification: new Given() }));
}"""


def test_what_the_browser_has_read_by_itself_is_shown_as_well(rings: Ends) -> None:
    (shown,) = rings.shown_after(lambda: rings.worker.evaluate(READ))

    assert shown["title"] == "Companion"
    assert (shown["body"], shown["data"]) == ("There is something.", "/sessions")


def test_a_tap_brings_the_page_that_is_open_to_the_front_and_to_the_right_place(
    rings: Ends,
) -> None:
    rings.push(told(rings.phone.origin, "/sessions"))

    assert rings.tap() == ["focus"]

    expect(rings.phone.page).to_have_url(f"{rings.phone.origin}/sessions")


def test_a_tap_does_not_take_away_what_is_half_written(rings: Ends) -> None:
    page = rings.phone.page
    rings.phone.open("/reminders/own")
    page.locator("[name=text]").fill("My iron pi")
    rings.push(told(rings.phone.origin, "/sessions"))

    assert rings.tap() == ["focus"]

    page.wait_for_timeout(1500)  # longer than a page has for its answer
    assert page.url == f"{rings.phone.origin}/reminders/own"
    expect(page.locator("[name=text]")).to_have_value("My iron pi")


def test_a_tap_opens_the_page_when_none_is_open(rings: Ends) -> None:
    rings.push(told(rings.phone.origin, "/sessions"))
    rings.phone.page.goto("about:blank")

    assert rings.tap() == [f"{rings.phone.origin}/sessions"]


# The first silent death: a push that shows nothing


@pytest.mark.parametrize(
    "text",
    [
        "", "rubbish", "null", "5", "[]", "{}", '{"notification": null}', '{"notification": "x"}',
        '{"notification": {"title": ""}}', '{"notification": {"body": "no title"}}',
        '{"notification": {"title": {}, "tag": [], "data": {}, "app_badge": "many"}}',
        '{"notification": {"title": "Companion", "dir": "sideways"}}',
        '{"notification": {"title": "Companion", "icon": "http://[", "navigate": "http://["}}',
    ],
)  # fmt: skip
def test_whatever_is_pushed_something_is_shown(rings: Ends, text: str) -> None:
    (shown,) = rings.push(text)

    assert shown["title"]


# The third: a subscription that vanishes


def test_on_every_visit_the_phone_says_that_it_still_rings(
    rings: Ends, database: Database, cast: Cast
) -> None:
    rings.come_back()

    assert rings.asked == []
    assert ring_of(database, cast.amina) == "yes"
    assert endpoints(database) == [rings.kept and rings.kept["endpoint"]]


def test_a_phone_that_has_lost_its_address_gets_a_new_one_and_says_so(
    rings: Ends, database: Database, cast: Cast
) -> None:
    rings.kept = None

    page = rings.come_back()

    until(page, lambda: endpoints(database)[0].endswith("/second"))
    assert ring_of(database, cast.amina) == "yes"


def test_an_address_that_its_push_service_gave_up_is_renewed(
    rings: Ends, database: Database, cast: Cast
) -> None:
    with database.writing.begin() as db:
        db.execute(delete(PushSubscription))
        db.get_one(SignIn, cast.amina.reader.sign_in_id).ring = "lost"

    rings.phone.open("/")  # in the same visit

    until(rings.phone.page, lambda: ring_of(database, cast.amina) == "yes")
    assert endpoints(database)[0].endswith("/second")


def test_a_phone_that_can_get_no_address_is_told_so_everywhere(
    rings: Ends, database: Database, cast: Cast
) -> None:
    rings.kept, rings.offers = None, []

    rings.come_back()
    page = rings.come_back()

    assert ring_of(database, cast.amina) == "lost"
    expect(page.locator(".note")).to_contain_text("This phone no longer rings.")
    page.locator(".note a").click()
    expect(page.locator("[data-when=lost]")).to_be_visible()


def test_the_worker_gets_a_new_address_when_the_browser_takes_the_old_one(
    rings: Ends, database: Database
) -> None:
    fresh = rings.offers[0]

    rings.worker.evaluate(
        """(fresh) => {
          PushManager.prototype.subscribe = async () => ({ toJSON: () => fresh });
          dispatchEvent(new ExtendableEvent("pushsubscriptionchange"));
        }""",
        {"endpoint": fresh.endpoint, "keys": fresh.keys},
    )

    until(rings.phone.page, lambda: endpoints(database) == [fresh.endpoint])


# The fourth: a key of ours that changed


def test_a_phone_that_subscribed_for_another_key_subscribes_anew(
    rings: Ends, database: Database, cast: Cast
) -> None:
    assert rings.kept
    assert rings.kept["key"] == push_key().public
    rings.kept["key"] = PushKey.parse("MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE").public

    page = rings.come_back()

    until(page, lambda: endpoints(database)[0].endswith("/second"))
    assert rings.kept["key"] == push_key().public
    assert ring_of(database, cast.amina) == "yes"


# The fifth: permission asked for outside a tap


def test_nothing_is_asked_for_before_she_taps(ends: Ends) -> None:
    for path in ("/", "/more", "/chat", "/reminders"):
        ends.phone.open(path)
    expect(ends.phone.page.locator("[data-when=default]")).to_be_visible()
    assert ends.asked == []

    ends.phone.page.locator("[data-when=default] [data-ask]").click()

    expect(ends.phone.page.locator("[data-when=denied]")).to_be_visible()  # as this one answers
    assert ends.asked == [("permission", True)]


def test_in_a_tap_permission_comes_first_and_then_the_address(ends: Ends) -> None:
    ends.allow()
    ends.phone.open("/reminders")

    ends.phone.page.locator("[data-when=default] [data-ask]").click()

    expect(ends.phone.page.locator("[data-when=rings]").first).to_be_visible()
    assert ends.asked == [("permission", True), ("subscribe", True)]


def test_a_permission_that_was_taken_back_is_told_and_not_asked_for_again(
    rings: Ends, database: Database, cast: Cast
) -> None:
    rings.phone.context.clear_permissions()

    rings.come_back()

    assert ring_of(database, cast.amina) == "lost"
    assert rings.asked == []
