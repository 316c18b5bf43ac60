"""Her phone: a Chromium with a cache of its own. What it cannot have on this machine is an address
from a push service; the one that Companion knows takes its place."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
SMALL = {"viewport": {"width": 360, "height": 640}, "locale": "en-GB"}
RINGS = """(() => {
  const bytes = (key) => Uint8Array.from(
    atob(key.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0)).buffer;
  const { endpoint, key, ...keys } = ADDRESS;
  const phone = {
    endpoint, options: { applicationServerKey: bytes(key) },
    toJSON: () => ({ endpoint, keys }), unsubscribe: async () => true,
  };
  PushManager.prototype.getSubscription = async () => phone;
  PushManager.prototype.subscribe = async () => phone;
})();"""

# What the worker has put aside, it looks at once a day.
A_DAY_LATER = "() => { const now = Date.now; Date.now = () => now() + 864e5; }"


class Handset:
    """She is signed in on it, and it rings."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self._context, self.origin = context, origin

    @contextmanager
    def opened(self, *, forgetful: bool) -> Iterator[Page]:
        """Companion, on another day, for as long as she looks at it; `forgetful`: the phone had
        thrown away what it kept, as one with little room does. What a worker has put aside stays.
        """
        for worker in self._context.service_workers:
            worker.evaluate(A_DAY_LATER)
        page = self._context.new_page()
        if forgetful:
            self._context.new_cdp_session(page).send("Network.clearBrowserCache")
        with page.expect_response("**/phones"):
            page.goto(f"{self.origin}/")
        yield page
        page.wait_for_load_state()
        page.close()

    def counted(self) -> int:
        """What the phone itself has counted so far, and shows her."""
        page = self._context.new_page()
        page.goto(f"{self.origin}/data")
        counted: str = page.evaluate("(localStorage.data ?? '').split(' ')[1] ?? '0'")
        page.close()
        return int(counted)


@contextmanager
def handset(port: int, token: str, address: Mapping[str, str]) -> Iterator[Handset]:
    """A fresh one: nothing of ours was ever on it."""
    origin = f"http://127.0.0.1:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_found(), args=ARGUMENTS)
        context = _context(browser, origin, token)
        context.add_init_script(RINGS.replace("ADDRESS", json.dumps(dict(address))))
        yield Handset(context, origin)
        browser.close()


def _context(browser: Browser, origin: str, token: str) -> BrowserContext:
    context = browser.new_context(**SMALL)  # type: ignore[arg-type]
    context.grant_permissions(["notifications"], origin=origin)
    context.add_cookies([{"name": "sign-in", "value": token, "url": origin}])
    return context


def _found() -> str | None:
    """A Chromium of this machine, else Playwright's own."""
    names = (os.environ.get("CHROME_PATH", ""), *NAMES)
    return next((path for name in names if name and (path := shutil.which(name))), None)
