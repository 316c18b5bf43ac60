"""Without a line: who to call is there all the same, with its pictures and what was said aloud, and
every other page says honestly that there is none. Nothing of hers stays when she has signed out."""

import asyncio
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from companion.db import Database
from companion.people import sign_ins
from companion.pilots.pack import general_signs
from companion.recordings.models import Recording
from companion.recordings.signs import key_of
from companion.web import installing
from companion.web.assets import Asset, asset
from tests.browser.conftest import Line, NewPhone, Phone
from tests.browser.pushing import until
from tests.browser.test_recording import PLAY
from tests.cast import Cast
from tests.conftest import NOW
from tests.recordings.conftest import sound_of
from tests.sessions.conftest import end_journey, post_topic

SIGN = general_signs().signs[0].says
SOUND = sound_of("aac.m4a")
IS_KEPT = "async () => navigator.serviceWorker.controller && !!(await caches.match('/kept'))"
CACHES = """async () => {
  const names = await caches.keys();
  const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return all.flat().map(({ url }) => new URL(url).pathname);
}"""
# Whether there is a new worker, a browser asks after a page when it likes.
ASKED_BY_ITSELF = {"/service-worker.js", "/outbox.js"}
AT_ONCE = """{
  const { setTimeout: later } = window;
  window.setTimeout = (act, time, ...more) => later(act, time === 3000 ? 20 : time, ...more);
}"""
# All that a page may put aside in a browser.
LEFT = """async () => ({
  caches: await caches.keys(),
  databases: await indexedDB.databases(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  stored: { ...localStorage, ...sessionStorage },
})"""
HAS_ITS_NAME = """async () => {
  const { active, waiting } = await navigator.serviceWorker.ready;
  return (waiting ?? active).scriptURL.endsWith("/service-worker.js");
}"""
CARD = "async () => (await caches.match('/call')).text()"


def keep(phone: Phone, path: str = "/") -> None:
    """She looks at a page for long enough that her phone keeps what it should: three seconds, which
    go by at once here."""
    phone.page.add_init_script(AT_ONCE)
    phone.open(path)
    wait_for(phone, IS_KEPT)


def wait_for(phone: Phone, script: str, *given: str) -> None:
    """Until this comes out true: the browser's own waiting takes any promise for a yes."""
    until(phone.page, lambda: bool(phone.page.evaluate(script, *given)))


def kept(phone: Phone) -> set[str]:
    return set(phone.page.evaluate(CACHES))


def rest(phone: Phone) -> None:
    """The workers stop, as they do when nothing is asked of them: Chromium now and then lets a new
    one wait for that, and stops none that is watched, as all of them are here."""
    chromium = phone.context.new_cdp_session(phone.page)
    chromium.send("ServiceWorker.enable")
    chromium.send("ServiceWorker.stopAllWorkers")


def lose_the_line(phone: Phone) -> None:
    phone.context.set_offline(True)


def go(phone: Phone, path: str) -> Page:
    phone.page.goto(f"{phone.origin}{path}")
    return phone.page


@pytest.fixture
def said(database: Database, cast: Cast) -> str:
    """The address of a danger sign of her card, said aloud in her language."""
    with database.writing.begin() as db:
        recording = Recording(
            pilot="nl", sign=key_of(SIGN), language="en", media_type="audio/mp4", seconds=1,
            sound=SOUND, made_at=NOW,
        )  # fmt: skip
        db.add(recording)
        db.flush()
        return f"/recordings/{recording.id}"


@pytest.fixture
def phone(new_phone: NewPhone, cast: Cast) -> Phone:
    """Amina's."""
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    return phone


# What is there without a line


def test_who_to_call_is_there_with_its_pictures(phone: Phone) -> None:
    keep(phone)
    lose_the_line(phone)

    page = go(phone, "/call")

    expect(page.locator("h1")).to_have_text("Who to call")
    expect(page.get_by_text("070 123 4567")).to_be_visible()
    page.locator("summary").first.click()
    box = page.locator("details .picture use").first.bounding_box()
    assert box
    assert box["height"] > 20
    assert page.evaluate("getComputedStyle(document.body).paddingBottom") != "0px"


def test_a_danger_sign_is_heard(phone: Phone, said: str) -> None:
    keep(phone)
    lose_the_line(phone)
    page = go(phone, "/call")
    for summary in page.locator("summary").all():
        summary.click()

    assert page.locator(f'audio[src="{said}"]').first.evaluate(PLAY)


@pytest.mark.parametrize(
    ("asked", "part", "said_of_it"),
    [
        ("bytes=0-1", SOUND[:2], f"bytes 0-1/{len(SOUND)}"),
        ("bytes=10-", SOUND[10:], f"bytes 10-{len(SOUND) - 1}/{len(SOUND)}"),
        ("bytes=-5", SOUND[-5:], f"bytes {len(SOUND) - 5}-{len(SOUND) - 1}/{len(SOUND)}"),
        ("bytes=2-999999", SOUND[2:], f"bytes 2-{len(SOUND) - 1}/{len(SOUND)}"),
    ],
)
def test_a_part_of_it_is_answered_as_a_part(
    phone: Phone, said: str, asked: str, part: bytes, said_of_it: str
) -> None:
    keep(phone)
    lose_the_line(phone)

    answer = _ask(phone.page, said, {"Range": asked})

    assert (answer["status"], answer["range"]) == (206, said_of_it)
    assert (bytes(answer["body"]), answer["type"]) == (part, "audio/mp4")


def test_and_as_a_whole_where_the_whole_is_asked_for(phone: Phone, said: str) -> None:
    keep(phone)
    lose_the_line(phone)

    for headers in ({}, {"Range": "bytes=-"}, {"Range": "lines=1-2"}):
        answer = _ask(phone.page, said, headers)
        assert (answer["status"], bytes(answer["body"])) == (200, SOUND)


def _ask(page: Page, address: str, headers: dict[str, str]) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(
        """async ([address, headers]) => {
          const answer = await fetch(address, { headers });
          const body = [...new Uint8Array(await answer.arrayBuffer())];
          const [type, range] = ["Type", "Range"].map((of) => answer.headers.get(`Content-${of}`));
          return { status: answer.status, type, range, body };
        }""",
        [address, headers],
    )
    return answer


@pytest.mark.parametrize("path", ["/", "/record", "/call/nl", "/more"])
def test_any_other_page_says_that_there_is_no_connection(phone: Phone, path: str) -> None:
    keep(phone)
    lose_the_line(phone)

    page = go(phone, path)

    expect(page.locator("h1:visible")).to_have_text("There is no connection")
    assert page.title() == "Companion"
    page.locator("main").get_by_role("link", name="Who to call").click()
    expect(page.locator("h1")).to_have_text("Who to call")


def test_once_there_is_a_line_again_she_comes_to_where_she_wanted_to_be(phone: Phone) -> None:
    keep(phone)
    lose_the_line(phone)
    page = go(phone, "/record")

    phone.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()

    expect(page.locator("h1")).to_have_text("My record")
    assert page.url == f"{phone.origin}/record"


def answer_the_card(
    patch: pytest.MonkeyPatch, status: int, *, after: float = 0, at: str = "/call"
) -> None:
    """From now on the server answers like this where her card is asked for."""
    ask = Line.__call__
    headers = [(b"location", b"/countries")] if status == 303 else []

    async def answer(self: Line, scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") != at:
            await ask(self, scope, receive, send)
            return
        await asyncio.sleep(after)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"Not her card"})

    patch.setattr(Line, "__call__", answer)


def test_a_server_in_trouble_does_not_take_her_card_away(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(phone)
    answer_the_card(monkeypatch, 503)

    expect(go(phone, "/call").locator("h1")).to_have_text("Who to call")


def test_nor_does_a_line_that_hangs(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(phone)
    answer_the_card(monkeypatch, 200, after=9)

    begun = monotonic()
    expect(go(phone, "/call").locator("h1")).to_have_text("Who to call")

    assert monotonic() - begun < 8


def test_where_another_page_hangs_the_phone_says_so_after_a_while(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = installing.worker().plain
    assert b"LATE=15e3" in patient
    impatient = Asset.of("service-worker.js", patient.replace(b"LATE=15e3", b"LATE=1e3"))
    monkeypatch.setattr(installing, "worker", lambda: impatient)
    keep(phone)
    answer_the_card(monkeypatch, 200, after=5, at="/more")

    expect(go(phone, "/more").locator("h1:visible")).to_have_text("There is no connection")


# What is kept, and nothing else


def test_of_her_own_the_card_alone_is_kept(phone: Phone, said: str) -> None:
    keep(phone)
    for path in ("/record", "/more", "/sessions", "/call"):
        phone.open(path)

    def own() -> set[str]:
        return {path for path in kept(phone) if not path.startswith("/static/")}

    # The card is looked at anew on its own page.
    until(phone.page, lambda: own() == {"/kept", "/call", "/waiting", said})
    assert {asset("companion.css"), asset("signs.svg"), asset("icon.svg")} < kept(phone)


@pytest.mark.parametrize("status", [303, 404, 503])
def test_what_is_not_her_card_is_never_kept_as_such(
    phone: Phone, line: Line, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    keep(phone, "/more")
    before = phone.page.evaluate(CARD)
    answer_the_card(monkeypatch, status)
    line.read()

    with phone.page.expect_navigation():
        phone.page.locator("select[name=language]").select_option("nl")
        phone.page.locator('form[action="/language"] button').click()
    until(phone.page, lambda: "/kept" in dict(line.came))
    phone.page.wait_for_timeout(500)

    assert phone.page.evaluate(CARD) == before
    assert "/kept" not in kept(phone)  # the next page tries again


def test_what_is_on_the_list_no_more_is_thrown_away(
    phone: Phone, database: Database, cast: Cast, said: str
) -> None:
    keep(phone)
    end_journey(database, cast)
    with database.writing.begin() as db:
        db.delete(db.get_one(Recording, UUID(said.removeprefix("/recordings/"))))

    phone.open("/journey")
    wait_for(
        phone,
        "async (said) => !(await caches.match(said)) && !!(await caches.match('/kept'))",
        said,
    )


def test_after_a_loss_the_card_that_is_kept_speaks_of_no_baby(phone: Phone) -> None:
    keep(phone)
    assert "baby" in phone.page.evaluate(CARD)
    phone.open("/journey/change")

    phone.send("/journey/changes")

    wait_for(phone, "async () => !(await (await caches.match('/call')).text()).includes('baby')")


def test_it_is_looked_at_once_a_day_and_only_what_changed_is_fetched(
    phone: Phone, line: Line, said: str
) -> None:
    keep(phone)
    phone.page.wait_for_timeout(500)
    line.read()
    phone.open("/more")
    phone.page.wait_for_timeout(500)
    assert set(line.read()) - ASKED_BY_ITSELF == {"/more"}

    (worker,) = phone.context.service_workers
    worker.evaluate("() => { const now = Date.now; Date.now = () => now() + 9e7; }")
    phone.open("/sessions")
    phone.page.wait_for_timeout(1000)
    assert set(line.read()) - ASKED_BY_ITSELF == {"/sessions", "/kept"}


def test_another_language_replaces_the_card(phone: Phone) -> None:
    keep(phone)
    phone.open("/more")
    phone.page.locator("select[name=language]").select_option("nl")
    phone.send("/language")
    wait_for(
        phone,
        """async () => (await (await caches.match('/call')).text()).includes('<html lang="nl"') &&
          (await (await caches.match('/waiting')).text()).includes('<html lang="nl"')""",
    )
    lose_the_line(phone)

    expect(go(phone, "/call").locator("html")).to_have_attribute("lang", "nl")


def test_of_whoever_was_signed_in_before_nothing_stays(
    phone: Phone, database: Database, cast: Cast
) -> None:
    keep(phone)
    (before,) = phone.page.evaluate("caches.keys()")

    phone.sign_in(cast.beatriz.token)
    phone.open("/")
    wait_for(phone, "async (before) => !(await caches.has(before))", before)
    wait_for(phone, IS_KEPT)

    assert len(phone.page.evaluate("caches.keys()")) == 1
    assert '<html lang="nl"' in phone.page.evaluate(CARD)


def test_signing_out_leaves_nothing(phone: Phone) -> None:
    keep(phone, "/more")

    phone.send("/sign-out")

    expect(phone.page).to_have_url(f"{phone.origin}/welcome")
    assert kept(phone) == set()
    assert phone.page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_nor_in_a_browser_that_does_not_clear_it_by_itself(phone: Phone) -> None:
    keep(phone)
    phone.context.clear_cookies()

    phone.open("/welcome")

    wait_for(phone, "async () => (await caches.keys()).length === 0")


def test_when_the_list_says_that_nobody_is_signed_in_nothing_stays(
    phone: Phone, database: Database, cast: Cast
) -> None:
    keep(phone)
    with database.writing.begin() as db:
        sign_ins.revoke(db, cast.amina.reader, cast.amina.reader.sign_in_id)
    (worker,) = phone.context.service_workers
    owner = phone.page.evaluate("document.documentElement.dataset.owner")

    worker.evaluate("(owner) => look({ owner, lang: 'en', isDue: true })", owner)

    assert kept(phone) == set()


def test_an_unknown_address_takes_nothing_away(phone: Phone) -> None:
    keep(phone)
    before = kept(phone)

    go(phone, "/nothing-here")
    phone.page.wait_for_timeout(500)

    assert kept(phone) == before


def test_whoever_is_not_signed_in_gets_no_worker(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.open("/call/nl")
    phone.page.wait_for_timeout(4000)

    assert phone.page.evaluate("navigator.serviceWorker.getRegistrations()") == []


POOR = {
    "save data": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
    "2g": "Object.defineProperty(navigator, 'connection', { value: { effectiveType: 'slow-2g' } })",
}


@pytest.mark.parametrize("how", POOR)
def test_where_every_byte_counts_only_pages_are_fetched_ahead(
    phone: Phone, line: Line, said: str, how: str
) -> None:
    phone.page.add_init_script(POOR[how])
    phone.open("/")
    until(phone.page, lambda: asset("icon.svg") in dict(line.came))
    line.read()

    wait_for(phone, IS_KEPT)

    pages = {"/kept", "/call", "/waiting"}
    assert set(line.read()) == {"/service-worker.js", "/outbox.js", *pages}
    # What the browser had anyway is kept all the same: the page looks as it should.
    assert asset("companion.css") in kept(phone)
    assert not kept(phone) & {said, asset("signs.svg")}


# A new worker


def test_a_new_worker_takes_over_and_a_half_filled_form_stays(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(phone)
    phone.open("/record/a2")
    field = phone.page.locator("form input:visible").first
    field.fill("68.5")
    phone.page.evaluate("""() => {
      window.isSame = true;
      navigator.serviceWorker.oncontrollerchange = () => (window.hasChanged = true);
    }""")
    before = installing.worker()
    changed = Asset.of("service-worker.js", before.plain + b"\nself.isNew = true;\n")
    monkeypatch.setattr(installing, "worker", lambda: changed)

    phone.page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    phone.page.wait_for_function("window.hasChanged")
    phone.page.wait_for_timeout(500)

    assert phone.page.evaluate("window.isSame")
    expect(field).to_have_value("68.5")
    assert kept(phone) >= {"/call", "/waiting"}
    lose_the_line(phone)
    expect(go(phone, "/call").locator("h1")).to_have_text("Who to call")


def test_a_phone_that_has_the_worker_under_its_old_name_gets_this_one(phone: Phone) -> None:
    phone.open("/welcome")
    phone.page.evaluate("navigator.serviceWorker.register('/sw.js')")
    phone.page.evaluate("async () => { await navigator.serviceWorker.ready; }")

    phone.open("/")
    wait_for(phone, HAS_ITS_NAME)
    rest(phone)
    keep(phone)

    assert len(phone.page.evaluate("navigator.serviceWorker.getRegistrations()")) == 1


def test_a_topic_that_is_not_kept_is_heard_through_the_worker(
    phone: Phone, database: Database, cast: Cast
) -> None:
    topic_id = post_topic(database, cast.session_id, en="Sleep")
    with database.writing.begin() as db:
        db.add(
            Recording(
                topic_id=topic_id, language="en", media_type="audio/mp4", seconds=1, sound=SOUND,
                made_at=NOW,
            )
        )  # fmt: skip
    keep(phone)

    phone.open(f"/topics/{topic_id}")

    assert phone.page.locator("article audio").first.evaluate(PLAY)
