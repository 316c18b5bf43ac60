"""The main job, end to end on small phones, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_new_group_to_an_answer_taken_back(
    new_phone: NewPhone, cast: Cast, scripts: bool
) -> None:
    edon, chipo = new_phone(scripts=scripts), new_phone(scripts=scripts)
    drita = new_phone(locale="sq-XK", scripts=scripts)
    edon.sign_in(cast.edon.token)
    chipo.sign_in(cast.chipo.token)

    group = _start_group(edon)
    _plan(edon, group)
    code = _invite(chipo, group)
    _join_in_albanian(drita, code)
    _write_down(drita)
    session = _next_session(drita, group)
    _post_topic(chipo, session)
    _read_topic(drita, session)
    _answer(drita, session)


def _start_group(edon: Phone) -> str:
    edon.open("/groups/new")
    edon.fill({"name": "Spring group", "due_month": "2027-05", "capacity": "10"})
    edon.page.get_by_label("Chipo").check()
    edon.send("/groups")
    expect(edon.page).to_have_url(re.compile(r"/groups/[0-9a-f-]{36}/plan$"))
    return edon.page.url.removesuffix("/plan").removeprefix(edon.origin)


def _plan(edon: Phone, group: str) -> None:
    edon.page.locator("#weekday").select_option("3")
    edon.fill({"at": "10:00"})
    edon.page.get_by_role("button", name="Show the dates").click()
    edon.page.get_by_role("button", name="Plan these sessions").click()
    expect(edon.page.locator("#plan .line")).to_have_count(10)


def _invite(chipo: Phone, group: str) -> str:
    chipo.open(f"{group}/invitations")
    chipo.page.locator('input[name="way"][value="card"]').check()
    chipo.send(f"{group}/invitations")
    expect(chipo.page.locator("svg.qr")).to_be_visible()
    return chipo.page.locator(".code").inner_text()


def _join_in_albanian(drita: Phone, code: str) -> None:
    drita.open(f"/join/{code}")
    expect(drita.page.locator("html")).to_have_attribute("lang", "sq")
    drita.fill({"name": "Drita"})
    drita.page.locator('input[name="language"][value="en"]').check()
    drita.send("/join")
    expect(drita.page).to_have_url(f"{drita.origin}/")
    drita.open("/more")
    drita.page.locator("#language").select_option("sq")
    drita.send("/language")
    expect(drita.page.locator("html")).to_have_attribute("lang", "sq")


def _write_down(drita: Phone) -> None:
    drita.open("/record/a1")
    drita.fill({"systolic": "118", "diastolic": "74"})
    drita.send("/record/a1")
    expect(drita.page.locator("#kind svg")).to_be_visible()
    expect(drita.page.locator("#kind p.last")).to_contain_text(re.compile(r"118\s*/\s*74"))

    drita.open("/record/a2")
    drita.fill({"weight": "68,5"})
    drita.send("/record/a2")
    expect(drita.page.locator("#kind svg")).to_be_visible()
    expect(drita.page.locator("#kind p.last")).to_contain_text("68,5")


def _next_session(drita: Phone, group: str) -> str:
    drita.open("/sessions")
    drita.page.locator('main a[href^="/sessions/"]').first.click()
    drita.page.wait_for_load_state()
    return drita.page.url.removeprefix(drita.origin)


def _post_topic(chipo: Phone, session: str) -> None:
    chipo.open(f"{session}/topics/new")
    chipo.fill({"title-nl": "Goed slapen", "text-nl": "Een **kussen** <script>alert(1)</script>"})
    chipo.send(f"{session}/topics")
    expect(chipo.page.get_by_text("Goed slapen").first).to_be_visible()


def _read_topic(drita: Phone, session: str) -> None:
    drita.open(session)
    drita.page.get_by_role("link", name="Goed slapen").first.click()
    expect(drita.page.locator("strong", has_text="kussen")).to_be_visible()
    expect(drita.page.locator("main")).to_contain_text("alert(1)")


def _answer(drita: Phone, session: str) -> None:
    drita.open(session)
    for answer in ("yes", "no"):
        drita.page.locator(f"#answer-{answer}").click()
        expect(drita.page.locator(f"#answer-{answer}")).to_have_attribute("aria-pressed", "true")
    drita.open("/")
    expect(drita.page.locator("#answer-no")).to_have_attribute("aria-pressed", "true")
