"""When a session rings, by the wall of whoever it rings for: worked out without a database."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from companion.reminders.choices import UNCHOSEN
from companion.reminders.planning import Someone, for_session, next_digest
from tests.reminders.walls import DAY, MINUTE, jumps, moments, times, wall, zones

AMINA, SESSION = UUID(int=1), UUID(int=2)
LONG_AGO = timedelta(days=30)


@st.composite
def people(draw: st.DrawFn) -> tuple[Someone, datetime]:
    """Somebody somewhere, and when her session begins."""
    zone = draw(zones)
    who = Someone(AMINA, zone, replace(UNCHOSEN, day_before_at=draw(times)))
    return who, draw(moments(zone))


@given(people())
def test_it_rings_on_the_day_before_at_her_hour_and_two_hours_before(
    person: tuple[Someone, datetime],
) -> None:
    who, starts_at = person

    words = {each.slot: each for each in for_session(who, SESSION, starts_at, starts_at - LONG_AGO)}

    soon = words.pop("hours")
    assert (soon.due_at, soon.expires_at) == (starts_at - timedelta(hours=2), starts_at)
    for word in words.values():
        shown, day = wall(word.due_at, who.zone), wall(starts_at, who.zone).date() - DAY
        is_then = (shown.date(), shown.time()) == (day, who.choices.day_before_at)
        changed = jumps(who.zone, word.due_at.year)
        assert is_then or any(at <= word.due_at < at + abs(by) for at, by in changed.items())
        assert word.expires_at == soon.due_at


@given(people())
def test_the_day_before_is_left_out_only_when_nothing_would_be_left_of_it(
    person: tuple[Someone, datetime],
) -> None:
    who, starts_at = person

    slots = [each.slot for each in for_session(who, SESSION, starts_at, starts_at - LONG_AGO)]

    begins, hour = wall(starts_at, who.zone), who.choices.day_before_at
    is_early = begins.time() < time(3) and hour >= time(20)
    assert slots in (["day", "hours"], ["hours"])
    assert slots == ["day", "hours"] or is_early or jumps(who.zone, starts_at.year)


@given(people(), st.integers(0, 60 * 60))
def test_what_has_passed_is_not_written(person: tuple[Someone, datetime], minutes: int) -> None:
    who, starts_at = person
    now = starts_at - MINUTE * minutes

    for word in for_session(who, SESSION, starts_at, now):
        assert now < word.due_at < word.expires_at <= starts_at


@given(people(), times, zones, st.integers(1, 10_000))
def test_another_hour_or_zone_is_the_same_word_and_another_start_is_another(
    person: tuple[Someone, datetime], hour: time, zone: str, minutes: int
) -> None:
    who, starts_at = person
    long_before = starts_at - LONG_AGO
    other = replace(who, zone=zone, choices=replace(who.choices, day_before_at=hour))

    def onces(of: Someone, at: datetime) -> dict[str, str]:
        return {word.slot: word.once for word in for_session(of, SESSION, at, long_before)}

    same, moved = onces(other, starts_at), onces(who, starts_at + MINUTE * minutes)
    mine = onces(who, starts_at)
    assert all(same[slot] == mine[slot] for slot in same.keys() & mine.keys())
    assert len({*mine.values(), *moved.values()}) == len(mine) + len(moved)


@given(zones, st.data())
def test_what_is_said_waits_for_one_of_three_hours_and_never_longer_than_a_night(
    zone: str, data: st.DataObject
) -> None:
    moment = data.draw(moments(zone, (2026, 2027)))

    word = next_digest(Someone(AMINA, zone, UNCHOSEN), moment)

    shown = wall(word.due_at, zone).time()
    assert shown in (time(12), time(16), time(20))
    assert timedelta() < word.due_at - moment <= timedelta(hours=18)


@given(zones, st.data())
def test_all_that_is_said_before_that_hour_is_one_word(zone: str, data: st.DataObject) -> None:
    who = Someone(AMINA, zone, UNCHOSEN)
    word = next_digest(who, data.draw(moments(zone, (2026, 2027))))

    just_before, then = (next_digest(who, word.due_at - MINUTE * n) for n in (1, 0))

    assert just_before.once == word.once
    assert then.once != word.once
