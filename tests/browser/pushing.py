"""The two ends of a push that the machine of the tests cannot reach: the address a browser gets
from its push service, and the push that comes from there. Between them everything is real."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Worker

from tests.browser.conftest import Phone
from tests.notifications.push_service import PushPhone

# Without the internet a browser is given no address: what the tests offer takes its place.
ADDRESSES = """(() => {
  const bytes = (key) => Uint8Array.from(
    atob(key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const phone = (kept) => kept && {
    endpoint: kept.endpoint,
    options: { applicationServerKey: bytes(kept.key).buffer },
    toJSON: () => kept,
    unsubscribe: () => ends("unsubscribe"),
  };
  PushManager.prototype.getSubscription = async () => phone(await ends("look"));
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const given = await ends("subscribe", navigator.userActivation.isActive, applicationServerKey);
    if (!given) throw new DOMException("push service error", "AbortError");
    return phone(given);
  };
  const ask = Notification.requestPermission;
  Notification.requestPermission = () => {
    ends("permission", navigator.userActivation.isActive);
    return ask.call(Notification);
  };
})();"""

# What is shown is asked for once it is: a question that comes too early makes Chromium forget it.
WATCH = """() => {
  const show = registration.showNotification;
  self.showing = new Promise((done, fail) => {
    setTimeout(() => fail(new Error("nothing was shown")), 10_000);
    registration.showNotification = async (...said) => {
      await show.apply(registration, said);
      done();
    };
  });
}"""
SHOWN = """async () => {
  await showing;
  const names = ["title", "body", "lang", "dir", "tag", "silent", "renotify", "icon", "data"];
  const all = await registration.getNotifications();
  return all.map((each) => Object.fromEntries(names.map((name) => [name, each[name]])));
}"""

# A tap that a script makes may neither bring a page to the front nor open one.
TAP = """async () => {
  self.done = [];
  WindowClient.prototype.focus = async function () { done.push("focus"); return this; };
  Clients.prototype.openWindow = async (to) => { done.push(String(to)); };
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


class Ends:
    """A phone's push service. `offers` are the addresses it still gives out, `kept` is the one the
    browser has, `asked` what it was asked for, each with whether that was in a tap."""

    def __init__(self, phone: Phone, *offers: PushPhone) -> None:
        self.phone, self.offers = phone, list(offers)
        self.kept: dict[str, Any] | None = None
        self.asked: list[tuple[str, bool]] = []
        self._registration = ""
        phone.context.expose_function("ends", self._answer)
        phone.context.add_init_script(ADDRESSES)
        self._line = phone.context.new_cdp_session(phone.page)
        self._line.on("ServiceWorker.workerVersionUpdated", self._note_worker)

    def _answer(self, what: str, in_a_tap: bool = False, key: str = "") -> dict[str, Any] | None:
        if what in ("permission", "subscribe"):
            self.asked.append((what, in_a_tap))
        if what == "unsubscribe":
            self.kept = None
        if what == "subscribe" and self.offers:
            offer = self.offers.pop(0)
            self.kept = {"endpoint": offer.endpoint, "keys": offer.keys, "key": key}
        return self.kept

    def _note_worker(self, event: dict[str, Any]) -> None:
        for version in event["versions"]:
            if version["status"] == "activated":
                self._registration = version["registrationId"]

    def allow(self) -> None:
        """She has said yes to notifications."""
        self.phone.context.grant_permissions(["notifications"], origin=self.phone.origin)

    def let_it_ring(self) -> None:
        """From the page of reminders, as she does it."""
        self.allow()
        self._line.send("ServiceWorker.enable")
        self.phone.open("/reminders")
        self.phone.page.locator("[data-when=default] [data-ask]").click()
        self.phone.page.locator("[data-when=rings] button").first.wait_for()
        self.asked.clear()

    def come_back(self, path: str = "/") -> Page:
        """Another visit, some other day; what the page has to say it has said by then."""
        page = self.phone.context.new_page()
        with page.expect_response("**/phones"):
            page.goto(f"{self.phone.origin}{path}")
        return page

    @property
    def worker(self) -> Worker:
        (worker,) = self.phone.context.service_workers
        return worker

    def push(self, text: str) -> list[dict[str, Any]]:
        """This comes from the push service; what the phone then shows."""
        until(self.phone.page, lambda: bool(self._registration))
        push = {
            "origin": self.phone.origin,
            "registrationId": self._registration,
            "data": text,
        }
        return self.shown_after(lambda: self._line.send("ServiceWorker.deliverPushMessage", push))

    def shown_after(self, happens: Callable[[], object]) -> list[dict[str, Any]]:
        """What the phone shows once this has happened."""
        self.worker.evaluate(WATCH)
        happens()
        shown: list[dict[str, Any]] = self.worker.evaluate(SHOWN)
        return shown

    def tap(self) -> list[str]:
        """She taps what is shown: "focus" when a page comes to the front, an address when one is
        opened."""
        worker = self.worker
        worker.evaluate(TAP)
        done: list[str] = []

        def is_done() -> bool:
            done[:] = worker.evaluate("() => done")
            return bool(done)

        until(self.phone.page, is_done)
        return done


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Wait for it, and let the browser go on meanwhile."""
    for _ in range(600):
        if happened():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")
