"""Days and nights go by, anywhere: the worker sleeps for a while, sessions move, she saves her form
again. Whatever happens, nothing rings at night, twice, late without a reason, or in vain."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from companion.db import Database, moment_of
from companion.happenings import What, happened
from companion.notifications.models import Notification, State
from companion.people.models import Person
from companion.reminders.hours import Quiet
from companion.reminders.models import OwnReminder
from companion.reminders.own import Wish, add
from companion.sessions import actions as sessions
from companion.sessions.actions import Arrangement
from companion.sessions.models import GroupSession
from tests.cast import Cast, Player
from tests.conftest import HeldClock
from tests.reminders.conftest import Act, Doorbell, save, written
from tests.reminders.walls import DAY, MINUTE, moments, times, wall, zones

LATE = timedelta(minutes=15)
HERE = "Europe/Amsterdam"


@dataclass(frozen=True)
class Step:
    """After so long something happens; until then the worker was awake, or it was not."""

    lasts: timedelta
    is_awake: bool
    what: str


@dataclass(frozen=True)
class Days:
    """Where she lives, how she wants it, and what happens to her session."""

    begins: datetime
    zone: str
    quiet_from: time
    quiet_until: time
    hour: time
    meets_in: timedelta
    steps: list[Step]

    @property
    def quiet(self) -> Quiet:
        return Quiet(self.quiet_from, self.quiet_until, self.zone)


steps = st.builds(
    Step,
    lasts=st.integers(1, 26 * 60).map(lambda n: MINUTE * n),
    is_awake=st.booleans(),
    what=st.sampled_from(["nothing", "she saves", "it moves", "it moves back", "it is switched"]),
)


@st.composite
def days(draw: st.DrawFn) -> Days:
    zone = draw(zones)
    quiet = Quiet(draw(times), draw(times), zone)
    return Days(
        begins=draw(moments(zone, (2026, 2027))),
        zone=zone,
        quiet_from=quiet.start,
        quiet_until=quiet.end,
        hour=draw(times.filter(lambda at: not quiet.hushes(at))),
        meets_in=draw(st.integers(1, 60 * 60)) * MINUTE,
        steps=draw(st.lists(steps, min_size=1, max_size=6)),
    )


@dataclass
class Diary:
    """What happened in those days: when the worker looked, what rang, and when it was to be."""

    looked: list[datetime] = field(default_factory=list)
    rang: list[tuple[datetime, Notification, datetime, str]] = field(default_factory=list)
    is_changed: bool = False


@dataclass(frozen=True)
class World:
    """Amina's phone and her session, lived through again and again in the same house."""

    database: Database
    cast: Cast
    clock: HeldClock
    doorbell: Doorbell
    act: Act

    def live(self, through: Days) -> Diary:
        amina, diary = self.cast.amina, Diary()
        self._begin(through)
        for step in [*through.steps, Step(DAY * 4, is_awake=True, what="nothing")]:
            end = self.clock.moment + step.lasts
            if step.is_awake:
                self._ring_until(end, diary)
            self.clock.moment = end
            self._happen(step.what, through, diary)
        note(str([(each.kind, each.slot, each.state, each.why) for each in self.words(amina)]))
        return diary

    def words(self, player: Player) -> list[Notification]:
        return written(self.database, player)

    def session(self) -> GroupSession:
        with self.database.reading() as db:
            return db.get_one(GroupSession, self.cast.session_id)

    def _begin(self, through: Days) -> None:
        amina = self.cast.amina
        self.clock.moment = through.begins
        with self.database.writing.begin() as db:
            for each in (Notification, OwnReminder):
                db.execute(delete(each))
            db.execute(update(Person).values(zone=through.zone))
            session = db.get_one(GroupSession, self.cast.session_id)
            session.state = "planned"
            shown = wall(through.begins + through.meets_in, HERE)
            session.meet(shown.date(), shown.time(), HERE)
        save(
            self.database,
            replace(amina, reader=replace(amina.reader, zone=through.zone)),
            day_before_at=through.hour,
            quiet_from=through.quiet_from,
            quiet_until=through.quiet_until,
            wants_measuring=True,
            measure_at=through.hour,
        )
        reader, wish = replace(amina.reader, zone=through.zone), Wish("…", through.hour, (0, 2, 5))
        self.act(add, reader, self.cast.other_group_id, wish)

    def _ring_until(self, end: datetime, diary: Diary) -> None:
        while (due_at := self.doorbell.next()) and due_at <= end:
            now = self.clock.moment = max(due_at, self.clock.moment)
            diary.looked.append(now)
            session = self.session()
            for row in self.doorbell.ring():
                diary.rang.append((now, row, session.starts_at, session.state))
        diary.looked.append(end)

    def _happen(self, what: str, through: Days, diary: Diary) -> None:
        session, chipo = self.session(), self.cast.chipo.reader
        if what == "she saves":
            with self.database.writing.begin() as db:
                happened(db, What.MEMBER_CAME, self.cast.amina.id)
        elif what == "it is switched":
            switch = sessions.cancel if session.state == "planned" else sessions.restore
            self.act(switch, chipo, session.id)
            diary.is_changed = True
        elif what.startswith("it moves"):
            to = session.starts_at + DAY if what == "it moves" else through.begins + DAY * 2
            if wall(to, HERE) > wall(self.clock.moment, HERE) + DAY / 24:
                shown = wall(to, HERE)
                new = Arrangement(shown.date(), shown.time(), 120, "", "")
                self.act(sessions.change, chipo, session.id, new)
                diary.is_changed = True


@pytest.fixture
def world(
    database: Database, cast: Cast, held_clock: HeldClock, doorbell: Doorbell, act: Act
) -> World:
    doorbell.give(cast.amina)
    return World(database, cast, held_clock, doorbell, act)


few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(through=days())
def test_nothing_rings_at_night_twice_late_without_a_reason_or_in_vain(
    world: World, through: Days
) -> None:
    diary = world.live(through)

    assert diary.looked
    for now, row, starts_at, state in diary.rang:
        assert not through.quiet.covers(now)
        assert row.due_at <= now < row.expires_at
        assert row.why or now - row.due_at <= LATE
        if row.of_at is not None:
            assert (row.of_at, state) == (starts_at, "planned")
    assert len({row.id for _, row, _, _ in diary.rang}) == len(diary.rang)
    words = [(row.kind, row.slot, row.of_at) for _, row, _, _ in diary.rang]
    assert len(set(words)) == len(words)
    repeated = [row for _, row, _, _ in diary.rang if row.kind in ("own", "measuring")]
    on = [(row.kind, wall(row.due_at, through.zone).date()) for row in repeated]
    assert len(set(on)) == len(on)


@few
@given(through=days())
def test_what_did_not_ring_could_not_or_need_not(world: World, through: Days) -> None:
    diary = world.live(through)
    rows = world.words(world.cast.amina)

    for row in rows:
        assert row.state in (State.SENT, State.CANCELLED, State.WAITING)
        if row.state == State.CANCELLED:
            assert row.why in ("late", "quiet", "changed")
        if row.why in ("late", "quiet") and row.state == State.CANCELLED:
            looked = (each for each in diary.looked if row.due_at <= each < row.expires_at)
            looked = (each for each in looked if each > moment_of(row.id))
            assert [each for each in looked if not through.quiet.covers(each)] == []
    if not diary.is_changed:
        said = {row.why for row in rows if row.kind == "session"}
        assert said <= {"", "late", "quiet", "woken late"}
