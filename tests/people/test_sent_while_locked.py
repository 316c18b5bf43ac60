"""What was sent while the phone was locked: not done, not lost, and not to be read by others."""

from tests.cast import Cast
from tests.conftest import Browser
from tests.people.conftest import WRONG, Hidden, SharedPhone


def test_it_is_done_after_the_right_pin(phone: SharedPhone, hidden: Hidden) -> None:
    phone.lock()
    kept = hidden(phone.browser.post_form("/name", {"name": "Amina Ama"}).text)

    answer = phone.open(**kept)

    assert answer.status_code == 200
    assert "Amina Ama" in answer.text
    assert 'action="/name"' in answer.text
    assert "You are Amina here." in phone.browser.get("/more").text
    phone.browser.post_form("/name", hidden(answer.text))
    assert "You are Amina Ama here." in phone.browser.get("/more").text


def test_a_wrong_pin_does_not_lose_it(phone: SharedPhone, hidden: Hidden) -> None:
    phone.lock()
    kept = hidden(phone.browser.post_form("/name", {"name": "Amina Ama"}).text)

    again = hidden(phone.open(WRONG, **kept).text)

    assert again == kept
    assert "Amina Ama" in phone.open(**again).text


def test_the_lock_shows_nothing_of_it(phone: SharedPhone) -> None:
    phone.lock()

    html = phone.browser.post_form("/name", {"name": "Amina Ama"}).text

    assert "Amina" not in html
    assert "What you wrote is kept." in html


def test_somebody_else_cannot_open_it(phone: SharedPhone, hidden: Hidden, cast: Cast) -> None:
    phone.lock()
    kept = hidden(phone.browser.post_form("/name", {"name": "Amina Ama"}).text)
    phone.put_on(cast.beatriz)

    assert phone.open(**kept).status_code == 303


def test_a_form_with_a_lot_in_it_is_carried_on(phone: SharedPhone, hidden: Hidden) -> None:
    text = "Ich schreibe Ihnen viel. " * 9000
    phone.lock()
    kept = hidden(phone.browser.post_form("/name", {"name": text}).text)

    assert text.strip() in phone.open(**kept).text


def test_a_pin_is_never_carried_on(phone: SharedPhone, hidden: Hidden) -> None:
    phone.lock()
    answer = phone.browser.post_form("/lock", {"pin": "594038", "pin_again": "594038"})

    assert "kept" not in hidden(answer.text)
    assert "This was not saved." in answer.text


def test_a_file_is_not_carried_on_and_it_says_so(phone: SharedPhone, hidden: Hidden) -> None:
    phone.lock()
    answer = phone.browser.post("/pack/files", files={"file": ("pack.zip", b"PK")})

    assert answer.status_code == 401
    assert "kept" not in hidden(answer.text)
    assert "This was not saved." in answer.text


def test_what_comes_from_elsewhere_is_still_refused(browser: Browser, phone: SharedPhone) -> None:
    phone.lock()
    headers = {"sec-fetch-site": "cross-site"}

    assert browser.post_form("/name", {"name": "X"}, headers=headers).status_code == 403
