"""A month of ordinary use, as she lives it: she opens Companion, writes something down, reads what
a session is about, and talks with her group. Everything is tapped, as by a thumb."""

import socket

from playwright.sync_api import Page

from companion.bench.handset import Handset
from companion.bench.options import MonthOptions
from companion.bench.ordinary_house import OrdinaryHouse, said
from companion.bench.served import Served

LIVE = 2  # of what she reads on a visit, so many come while she looks
LIVE_SECONDS = 3.5  # in which a page says that she has read them
SETTLED_SECONDS = 0.5
TYPED = ({"systolic": "118", "diastolic": "74"}, {"weight": "66.4"})


class Month:
    """What is asked for, spread evenly over the openings."""

    def __init__(self, house: OrdinaryHouse, served: Served, options: MonthOptions) -> None:
        self._house, self._served, self._options = house, served, options
        self._spoken = 0

    def live(self, handset: Handset, *, forgetful: bool) -> None:
        for nth in range(self._options.openings):
            for _ in range(self._due(nth, self._options.read - self._read_live)):
                self._others_say()
            with handset.opened(forgetful=forgetful) as page:
                for each in range(self._due(nth, self._options.measurements)):
                    self._write_down(page, nth + each)
                for _ in range(self._due(nth, self._options.sessions)):
                    self._read_session(page)
                if self._due(nth, self._options.written):
                    self._talk(page)

    def look_around(self, handset: Handset) -> None:
        """What she has done in the months before: every place was open once."""
        with handset.opened(forgetful=False) as page:
            for place in ("/record", "/sessions", "/chat", "/more", "/reminders", "/call"):
                page.goto(f"{handset.origin}{place}")
                page.wait_for_load_state()

    @property
    def _read_live(self) -> int:
        return min(self._options.written * LIVE, self._options.read)

    def _due(self, nth: int, count: int) -> int:
        """How many of so many fall on this opening."""
        all_of_them = self._options.openings
        return (nth + 1) * count // all_of_them - nth * count // all_of_them

    def _write_down(self, page: Page, nth: int) -> None:
        page.locator("nav a[href='/']").click()
        page.locator("main a[href$='#add']").nth(nth % 2).click()
        page.locator("form#add").wait_for()
        for name, value in TYPED[nth % 2].items():
            page.locator(f"[name={name}]").fill(value)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.locator("form#add p.row button").first.click()
        page.wait_for_timeout(SETTLED_SECONDS * 1000)

    def _read_session(self, page: Page) -> None:
        page.locator("nav a[href='/sessions']").click()
        page.locator("main a[href^='/sessions/']").first.click()
        page.locator("main a[href^='/topics/']").first.click()
        page.locator("article").first.wait_for()

    def _talk(self, page: Page) -> None:
        """Two more come while she reads; then she says something herself."""
        with page.expect_response("**/live?*"):
            page.locator("nav a[href='/chat']").click()
        shown = page.locator(".said")
        there = shown.count()
        for _ in range(LIVE):
            self._others_say()
        shown.nth(there + LIVE - 1).wait_for()
        page.wait_for_timeout(LIVE_SECONDS * 1000)
        page.locator("#text").fill(said(self._next()))
        page.locator("#write form button").click()
        shown.nth(there + LIVE).wait_for()
        page.wait_for_timeout(200)

    def _others_say(self) -> None:
        number = self._next()
        member = self._house.others[number % len(self._house.others)]
        with socket.create_connection(("127.0.0.1", self._served.port)) as line:
            line.sendall(self._served.message(member, said(number)))
            if not line.recv(12).endswith(b"200"):
                raise RuntimeError("a message of the others was not taken")

    def _next(self) -> int:
        self._spoken += 1
        return self._spoken
