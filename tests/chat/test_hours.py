"""When the facilitators read along, so that nobody waits for an answer at night."""

from datetime import UTC, datetime

import pytest

from companion.chat.models import Conversation
from companion.db import Database
from companion.people.models import Person
from tests.cast import Cast, Player
from tests.chat.conftest import HTMX, Talk, count
from tests.conftest import HeldClock

PROMISE = "The facilitators read along from 9:00 to 17:00, Monday to Friday."
NO_PROMISE = "The facilitators do not always read along."
WEEKDAYS = ["0", "1", "2", "3", "4"]


def settle(talk: Talk, player: Player, **fields: object) -> int:
    """From nine to five on weekdays, unless told; the status of what comes back."""
    usual = {"days": WEEKDAYS, "since": "9:00", "until": "17:00"}
    return int(talk.post(player, "hours", usual | fields).status_code)


def beside_the_box(talk: Talk, player: Player) -> str:
    """What stands by the writing box about the hours."""
    box = talk.page(player).partition('id="write"')[2]
    return box.partition('<p class="hours">')[2].partition("</p>")[0]


def test_nothing_is_promised_until_it_is_said(talk: Talk, cast: Cast) -> None:
    said = beside_the_box(talk, cast.amina)

    assert NO_PROMISE in said
    assert '<a href="/call">Who to call</a>' in said


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        (datetime(2026, 11, 22, 10, 0, tzinfo=UTC), True),  # Sunday
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), True),  # Monday, 8:59 in Amsterdam
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 27, 15, 59, tzinfo=UTC), False),  # Friday, 16:59 in Amsterdam
        (datetime(2026, 11, 27, 16, 0, tzinfo=UTC), True),
        (datetime(2027, 7, 5, 7, 0, tzinfo=UTC), False),  # Monday, 9:00 in the summer
    ],
)
def test_it_is_said_outside_the_hours_only(
    talk: Talk, cast: Cast, held_clock: HeldClock, moment: datetime, is_shown: bool
) -> None:
    assert settle(talk, cast.chipo) == 303
    held_clock.moment = moment

    said = beside_the_box(talk, cast.amina)

    assert (PROMISE in said) is is_shown
    assert ("Who to call" in said) is is_shown


def test_the_groups_own_clock_counts_wherever_she_is(
    talk: Talk, cast: Cast, held_clock: HeldClock, database: Database
) -> None:
    settle(talk, cast.chipo)
    held_clock.moment = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    with database.writing.begin() as db:
        db.get_one(Person, cast.amina.id).zone = "Asia/Tokyo"

    assert beside_the_box(talk, cast.amina) == ""


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["0", "2"], "from 9:00 to 17:00 on these days: Monday · Wednesday."),
        (["3"], "from 9:00 to 17:00 on these days: Thursday."),
        (["3", "4"], "from 9:00 to 17:00, Thursday to Friday."),
        ([], NO_PROMISE),
        (["7", "x", "-1"], NO_PROMISE),
    ],
)
def test_the_days_are_named(talk: Talk, cast: Cast, days: list[str], said: str) -> None:
    assert settle(talk, cast.chipo, days=days) == 303

    assert said in beside_the_box(talk, cast.amina)


def test_a_refused_message_shows_it_too(talk: Talk, cast: Cast) -> None:
    settle(talk, cast.chipo)

    part = talk.post(cast.amina, "messages", {"text": ""}, headers=HTMX).text

    assert PROMISE in part


def test_the_form_shows_what_holds_and_takes_it_back(talk: Talk, cast: Cast) -> None:
    settle(talk, cast.chipo, since="9.30", until="1700")

    form = talk.page(cast.chipo, "hours")

    assert 'name="since" type="text" value="09:30"' in form
    assert 'name="until" type="text" value="17:00"' in form
    assert form.count(" checked") == 5
    settle(talk, cast.chipo, days=[])
    assert " checked" not in talk.page(cast.chipo, "hours")
    assert NO_PROMISE in beside_the_box(talk, cast.amina)


@pytest.mark.parametrize(
    ("since", "until", "field", "sentence"),
    [
        ("nine", "17:00", "since", "Write a time, such as 10:00."),
        ("", "17:00", "since", "Write a time, such as 10:00."),
        ("9:00", "25:00", "until", "Write a time, such as 10:00."),
        ("9:00", "9:00", "until", "Write a time after the first one."),
        ("17:00", "9:00", "until", "Write a time after the first one."),
    ],
)
def test_bad_times_are_refused_beside_the_field(
    talk: Talk, cast: Cast, database: Database, since: str, until: str, field: str, sentence: str
) -> None:
    fields = {"days": WEEKDAYS, "since": since, "until": until}

    answer = talk.post(cast.chipo, "hours", fields)

    assert answer.status_code == 422
    assert f'<p class="wrong" id="wrong-{field}">{sentence}</p>' in answer.text
    assert answer.text.count('class="wrong"') == 1
    assert f'name="since" type="text" value="{since}"' in answer.text
    assert answer.text.count(" checked") == 5
    assert count(database, Conversation) == 0


@pytest.mark.parametrize("who", ["amina", "femi", "dewi", "gita", "edon", "hana"])
def test_only_the_groups_facilitators_say_so(talk: Talk, cast: Cast, who: str) -> None:
    assert settle(talk, getattr(cast, who)) == 404
    assert NO_PROMISE in beside_the_box(talk, cast.amina)
