"""The worker as it is served."""

from companion.web.installing import worker
from tests.conftest import Browser


def test_the_worker_is_asked_for_anew_and_is_the_same_under_both_names(browser: Browser) -> None:
    for address in ("/service-worker.js", "/sw.js"):
        answer = browser.get(address)
        assert answer.content == worker().plain
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-type"].startswith("text/javascript")


def test_what_the_worker_says_to_its_readers_does_not_travel() -> None:
    assert not [line for line in worker().plain.splitlines() if line.startswith((b"//", b" "))]
    assert b'addEventListener("fetch"' in worker().plain
