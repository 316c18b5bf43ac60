"""What puts Companion on a home screen: name, picture, colours, and what a long press offers."""

import re
import struct
from typing import Any

import pytest

from companion.db import Database
from companion.folders import folder
from companion.people.models import Person
from companion.web.assets import assets
from companion.web.looks import LOOKS, OWN
from tests.cast import Cast
from tests.conftest import Browser

LARGEST_ICON = 2_500
NEUTRAL = [slug for slug, look in LOOKS.items() if look.is_neutral]


def manifest(browser: Browser, look: str = OWN) -> dict[str, Any]:
    answer = browser.get(f"/manifests/{look}")
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    return said


def linked(browser: Browser, address: str) -> list[str]:
    return re.findall(r'<link rel="manifest" href="([^"]+)"', browser.get(address).text)


def test_it_covers_all_of_our_pages_in_light_and_dark(browser: Browser) -> None:
    said = manifest(browser)

    assert (said["id"], said["scope"], said["start_url"]) == ("/", "/", "/?start=1")
    assert said["display"] == "standalone"
    assert set(said["color_scheme_dark"]) == {"theme_color", "background_color"}
    assert said["color_scheme_dark"]["background_color"] != said["background_color"]


def test_around_a_page_there_are_the_colours_of_the_page(browser: Browser) -> None:
    page, said = browser.get("/welcome").text, manifest(browser)
    colours = re.findall(
        r'<meta name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)">', page
    )

    assert colours == [
        (said["theme_color"], "light"), (said["color_scheme_dark"]["theme_color"], "dark")
    ]  # fmt: skip
    grounds = re.findall(r"--ground: (#\w+)", (folder("static") / "css/00-ground.css").read_text())
    assert [colour for colour, _ in colours] == grounds


def test_a_long_press_leads_to_writing_down_and_to_the_next_session(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)

    shortcuts = manifest(browser)["shortcuts"]

    assert shortcuts == [
        {"name": "Write down", "url": "/record"},
        {"name": "Next session", "url": "/sessions"},
    ]
    for each in shortcuts:
        assert browser.get(each["url"]).status_code == 200


@pytest.mark.parametrize(
    ("who", "leads_to"), [("chipo", ["/sessions"]), ("edon", ["/sessions"]), ("ilse", [])]
)
def test_nobody_is_led_to_what_she_does_not_have(
    browser: Browser, cast: Cast, who: str, leads_to: list[str]
) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert [each["url"] for each in manifest(browser)["shortcuts"]] == leads_to


def test_they_speak_her_language(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.beatriz.token)

    said = manifest(browser)

    assert said["lang"] == "nl"
    assert said["shortcuts"][0]["name"] == "Opschrijven"
    assert manifest(browser, "notes")["short_name"] == "Notities"


@pytest.mark.parametrize("look", NEUTRAL)
def test_under_a_neutral_name_nothing_says_what_it_is(
    browser: Browser, cast: Cast, look: str
) -> None:
    browser.sign_in(cast.amina.token)

    said = manifest(browser, look)

    assert said["name"] == said["short_name"] == LOOKS[look].name.message
    assert said["shortcuts"] == []
    assert "companion" not in str(said).lower()


def test_there_is_no_name_but_those_of_the_list(browser: Browser) -> None:
    assert browser.get("/manifests/weather").status_code == 404


@pytest.mark.parametrize("look", LOOKS)
def test_each_name_has_pictures_of_its_own_in_every_shape_and_size(
    browser: Browser, look: str
) -> None:
    icons = manifest(browser, look)["icons"]

    assert [(each["sizes"], each["purpose"]) for each in icons] == [
        ("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable")
    ]  # fmt: skip
    for each in icons:
        sent = browser.get(each["src"])
        width, height = struct.unpack(">II", sent.content[16:24])
        assert sent.headers["content-type"] == "image/png"
        assert f"{width}x{height}" == each["sizes"]
        assert len(sent.content) <= LARGEST_ICON
        # What a phone cuts to its own shape has no corners that one could see through.
        assert (b"tRNS" in sent.content) == (each["purpose"] == "any")


def test_no_two_names_share_a_picture() -> None:
    icons = [each.plain for name, each in assets().items() if name.startswith("icons-")]

    assert len({bytes(each) for each in icons}) == len(icons) == 4 * len(LOOKS)


def test_it_costs_little_and_comes_once_a_week_at_most(browser: Browser, cast: Cast) -> None:
    """Chromium fetches it wherever it is named; with another language or name it is another."""
    browser.sign_in(cast.beatriz.token)
    (address,) = linked(browser, "/")

    with browser.stream("GET", address, headers={"accept-encoding": "br"}) as sent:
        came = sum(len(part) for part in sent.iter_raw())

    assert address == "/manifests/companion?in=nl"
    assert sent.headers["cache-control"] == "private, max-age=604800"
    assert came + sum(len(name) + len(value) + 4 for name, value in sent.headers.raw) <= 700


STARTS = {
    "amina": ["/", "/reminders", "/home-screen"],
    "chipo": ["/", "/reminders", "/home-screen"],
    "edon": ["/", "/reminders", "/home-screen"],
    "ilse": ["/words", "/home-screen"],
}


@pytest.mark.parametrize("who", STARTS)
def test_it_is_on_the_pages_where_an_application_starts(
    browser: Browser, cast: Cast, database: Database, who: str
) -> None:
    player = getattr(cast, who)
    browser.sign_in(player.token)
    before = {tuple(linked(browser, each)) for each in STARTS[who]}

    with database.writing.begin() as db:
        db.get_one(Person, player.id).look = "lists"

    after = {tuple(linked(browser, each)) for each in STARTS[who]}
    assert before == {("/manifests/companion?in=en",)}
    assert after == {("/manifests/lists?in=en",)}
    page = browser.get(STARTS[who][0]).text
    assert '<link rel="apple-touch-icon" href="/static/icons-lists-maskable-192.' in page
    assert '<meta name="apple-mobile-web-app-title" content="Lists">' in page


@pytest.mark.parametrize("address", ["/welcome", "/countries", "/discreet"])
def test_where_nobody_is_signed_in_no_other_name_takes_the_place_of_hers(
    browser: Browser, address: str
) -> None:
    assert linked(browser, address) == []
