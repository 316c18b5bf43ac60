"""What every answer carries, and what a browser gets that asks for something else."""

import brotli
import pytest

from companion.web.assets import asset, assets
from companion.web.headers import OF_PAGES
from tests.cast import Cast
from tests.conftest import Browser


@pytest.mark.parametrize("address", ["/welcome", "/nothing/here", "/static/nothing.css"])
def test_the_browsers_orders_are_on_every_page(browser: Browser, address: str) -> None:
    headers = browser.get(address).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["signs.svg", "/service-worker.js", "/outbox.js"])
def test_they_are_on_what_runs_by_itself_and_on_what_opens_as_a_page(
    browser: Browser, name: str
) -> None:
    answer = browser.get(name if name.startswith("/") else asset(name))

    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["js-companion.js", "companion.css", "notes-192.png"])
def test_what_is_only_a_part_of_a_page_carries_none(browser: Browser, name: str) -> None:
    answer = browser.get(next(asset(each) for each in assets() if each.endswith(name)))

    assert answer.status_code == 200
    assert not OF_PAGES.keys() & {each.title() for each in answer.headers}
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_stylesheet_sets_out_before_the_rest_where_it_may_not_be_there_yet(
    browser: Browser,
) -> None:
    style = f"<{asset('companion.css')}>; rel=preload; as=style"

    assert browser.get("/welcome", headers={"sec-fetch-site": "none"}).headers["link"] == style
    assert "link" not in browser.get("/welcome").headers


@pytest.mark.parametrize("address", ["/phones", "/sign-out"])
def test_what_is_no_page_carries_only_what_holds_for_it(
    browser: Browser, cast: Cast, address: str
) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(address)

    assert answer.status_code in (200, 303)
    assert not OF_PAGES.keys() & {name.title() for name in answer.headers}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_a_worker_that_a_phone_has_is_not_sent_again(browser: Browser, accepted: str) -> None:
    asked = {"accept-encoding": accepted}
    first = browser.get("/service-worker.js", headers=asked)

    again = browser.get(
        "/service-worker.js", headers={**asked, "if-none-match": first.headers["etag"]}
    )

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == "no-cache"
    other = browser.get("/service-worker.js", headers={"if-none-match": 'W/"another"'})
    assert other.content == first.content


def test_a_static_file_is_kept_for_ever_under_its_hash(browser: Browser) -> None:
    answer = browser.get(asset("companion.css"), headers={"accept-encoding": "br"})

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "br"
    assert answer.content == assets()["companion.css"].plain


def test_static_files_are_compressed_beforehand() -> None:
    for each in assets().values():
        assert brotli.decompress(each.brotli) == each.plain


def test_a_head_is_answered_like_its_get_without_the_body(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.head("/more").status_code == 200
    assert browser.head("/more").content == b""
    assert browser.head("/nothing/here").status_code == 404


@pytest.mark.parametrize("accepted", ["br", "gzip"])
def test_pages_travel_compressed(browser: Browser, accepted: str) -> None:
    answer = browser.get("/welcome", headers={"accept-encoding": accepted})

    assert answer.headers["content-encoding"] == accepted
    assert "accept-encoding" in answer.headers["vary"].lower()


@pytest.mark.parametrize("accepted", ["br", "identity"])
def test_a_page_says_how_much_came(browser: Browser, accepted: str) -> None:
    with browser.stream("GET", "/welcome", headers={"accept-encoding": accepted}) as answer:
        came = sum(len(each) for each in answer.iter_raw())

    assert answer.headers["server-timing"] == f"b;dur={came}"


def test_no_page_holds_inline_script_or_style(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    html = browser.get("/more").text

    assert " style=" not in html
    assert "<style" not in html
    assert html.count("<script") == html.count("<script src=")


def test_an_unknown_address_is_a_calm_page(browser: Browser) -> None:
    answer = browser.get("/nothing/here", headers={"accept-language": "fr"})

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="fr"' in answer.text


def test_a_wrong_method_is_a_calm_page_too(browser: Browser) -> None:
    assert browser.put("/more").status_code == 404
    assert browser.post_form("/devices").status_code == 404


def test_a_body_that_is_too_large_is_refused(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form("/name", {"name": "x" * 300_000})

    assert answer.status_code == 413
    assert "This is too long to send." in answer.text


def test_control_characters_do_not_reach_the_database(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/name", {"name": "Am\x00in\x1ba"}).status_code == 303
    assert 'value="Amina"' in browser.get("/name").text


MULTIPART = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\xfe\r\n--x--'


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"name": "A"}'),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\xfe\r\n--x--',
        ),
        ("multipart/form-data", b"no boundary"),
        ("text/plain; charset=nosuch", b"name=A"),
        ("nonsense", b"\xff"),
    ],
)
def test_a_post_in_another_shape_is_an_empty_form(
    browser: Browser, cast: Cast, content_type: str, body: bytes
) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post("/name", content=body, headers={"content-type": content_type})

    assert answer.status_code == 422


@pytest.mark.parametrize("target", ["main#main", "div#title", "section#nothing", "a#back", "#"])
def test_an_unknown_part_is_the_whole_page(browser: Browser, cast: Cast, target: str) -> None:
    browser.sign_in(cast.amina.token)

    for address in ("/more", "/sessions", "/record", "/call"):
        answer = browser.get(address, headers={"hx-request": "true", "hx-target": target})
        assert answer.text.startswith("<!doctype html>")


def test_an_unknown_address_speaks_the_language_of_whoever_signed_in_here(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/language", {"language": "nl", "back": "/"})

    assert '<html lang="nl"' in browser.get("/nothing/here").text
