"""Thirty messages at a time, and the older ones on request."""

import re

import pytest

from tests.cast import Cast
from tests.chat.conftest import HTMX, Talk
from tests.conftest import HeldClock


def numbers(page: str) -> list[int]:
    """Which messages a page shows, in its order."""
    return [int(each) for each in re.findall(r'<li id="n(\d+)"', page)]


def older(page: str) -> str:
    """Where "Show older messages" leads; "" where there are none."""
    found = re.search(r'href="(chat\?before=\d+)"', page)
    return found.group(1) if found else ""


def test_thirty_at_a_time_and_the_older_ones_on_pages_before(
    talk: Talk, cast: Cast, held_clock: HeldClock
) -> None:
    talk.fill(held_clock, cast.amina, 61)

    newest = talk.page(cast.beatriz)
    middle = talk.page(cast.beatriz, older(newest))
    oldest = talk.page(cast.beatriz, older(middle))

    assert [numbers(each) for each in (newest, middle, oldest)] == [
        [*range(32, 62)], [*range(2, 32)], [1]
    ]  # fmt: skip
    assert older(oldest) == ""
    assert "<textarea" in newest
    assert "<textarea" not in middle + oldest
    assert f'href="{talk.path}/chat#here"' in oldest


def test_thirty_messages_are_one_page(talk: Talk, cast: Cast, held_clock: HeldClock) -> None:
    talk.fill(held_clock, cast.amina, 30)

    page = talk.page(cast.beatriz)

    assert numbers(page) == [*range(1, 31)]
    assert older(page) == ""


def test_with_scripts_the_older_messages_alone_come(
    talk: Talk, cast: Cast, held_clock: HeldClock
) -> None:
    talk.fill(held_clock, cast.amina, 62)

    part = talk.get(cast.beatriz, "chat?before=33", headers=HTMX).text

    assert numbers(part) == [*range(3, 33)]
    assert '<p id="older" data-hx-swap-oob="true"><a' in part
    assert older(part) == "chat?before=3"
    assert "<h1>" not in part


@pytest.mark.parametrize(
    ("before", "shown"),
    [("1", []), ("2", [1]), ("3", [1, 2]), ("999999999", [1, 2]), ("0", [1, 2]), ("-1", [1, 2]),
     ("9" * 30, [1, 2]), ("x", [1, 2]), ("²", [1, 2]), ("", [1, 2]), ("1;--", [1, 2])],
)  # fmt: skip
def test_a_made_up_place_does_no_harm(
    talk: Talk, cast: Cast, before: str, shown: list[int]
) -> None:
    talk.say(cast.amina, "One")
    talk.say(cast.amina, "Two")

    assert numbers(talk.page(cast.beatriz, f"chat?before={before}")) == shown
