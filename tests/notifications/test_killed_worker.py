"""The worker is killed: everything arrives all the same, and nothing that was noted comes again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from companion.notifications.models import Notification, State
from tests.cast import Cast
from tests.conftest import PUSH_KEY, HeldClock
from tests.notifications.conftest import Bell
from tests.notifications.push_service import slowly
from tests.notifications.test_keys import SEALING

PATIENCE = 120.0


class Workers:
    """`companion worker`, in processes of their own; they go by the clock on the wall."""

    def __init__(self, bell: Bell, database_url: str, folder: Path) -> None:
        settings = {
            "DATA": str(folder / "data"),
            "DATABASE": database_url,
            "SEALING_KEY": SEALING,
            "PUSH_KEY": PUSH_KEY.text,
            "PUSH_SERVICES": bell.service.origin,
        }
        self._bell = bell
        self._environment = os.environ | {f"COMPANION_{k}": v for k, v in settings.items()}
        self._log = folder / "workers.log"
        self._started = 0
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, many: int = 1) -> None:
        """So many, and each of them at work."""
        command = [sys.executable, "-m", "companion", "worker"]
        for _ in range(many):
            with self._log.open("a", encoding="utf-8") as log:
                self._running.append(subprocess.Popen(command, env=self._environment, stderr=log))
        self._started += many
        self.until(lambda: self._log.read_text("utf-8").count("at work") == self._started)

    def stop(self, how: signal.Signals) -> list[int]:
        """The exit status of each."""
        ended, self._running = self._running, []
        for each in ended:
            each.send_signal(how)
        return [each.wait(PATIENCE) for each in ended]

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end
            assert all(each.poll() is None for each in self._running)
            time.sleep(0.02)

    def until_all_is_sent(self) -> None:
        self.until(lambda: len(self.noted()) == len(self._bell.rows()))

    def noted(self) -> set[str]:
        """What is written down as sent."""
        with self._bell.database.reading() as db:
            return set(map(str, db.scalars(_IDS.where(Notification.state == State.SENT))))

    def a_minute_goes_by(self) -> None:
        """Claims run out."""
        with self._bell.database.writing.begin() as db:
            claimed = update(Notification).where(Notification.state == State.CLAIMED)
            db.execute(claimed.values(next_at=datetime.now(UTC)))


_IDS = select(Notification.id)


@pytest.fixture
def workers(
    bell: Bell, database_url: str, tmp_path: Path, held_clock: HeldClock
) -> Iterator[Workers]:
    held_clock.moment = datetime.now(UTC)
    made = Workers(bell, database_url, tmp_path)
    yield made
    made.stop(signal.SIGKILL)


@pytest.fixture
def phones(bell: Bell, cast: Cast) -> None:
    """Two that ring, and a push service that takes its time."""
    bell.service.usually = slowly(0.02)
    bell.give(cast.amina)
    bell.give(cast.beatriz)


@pytest.mark.usefixtures("phones")
def test_killed_on_the_way_everything_arrives_and_nothing_that_was_noted_comes_again(
    bell: Bell, workers: Workers, cast: Cast
) -> None:
    words = {
        str(each) for each in bell.tell(cast.amina, many=100) + bell.tell(cast.beatriz, many=100)
    }
    workers.start()
    bell.service.wait_for(60)
    workers.stop(signal.SIGKILL)
    noted = workers.noted()
    assert noted < words
    time.sleep(0.1)  # what was on its way has come by then
    before = len(bell.service.sent)

    workers.a_minute_goes_by()
    workers.start()
    workers.until_all_is_sent()

    assert set(bell.service.ids) == words
    assert noted.isdisjoint(bell.service.ids[before:])


@pytest.mark.usefixtures("phones")
def test_told_to_stop_it_finishes_what_is_on_its_way(
    bell: Bell, workers: Workers, cast: Cast
) -> None:
    bell.tell(cast.amina, many=100)
    workers.start()
    bell.service.wait_for(5)

    assert workers.stop(signal.SIGTERM) == [0]

    assert len(bell.service.sent) > 5
    assert workers.noted() == set(bell.service.ids)
    assert len(bell.service.ids) == len(workers.noted())


@pytest.mark.usefixtures("phones")
def test_several_workers_at_once_send_each_word_once(
    bell: Bell, workers: Workers, cast: Cast
) -> None:
    workers.start(many=2)
    words = [str(each) for _ in range(20) for each in bell.tell(cast.amina, many=20)]
    workers.until_all_is_sent()

    assert workers.stop(signal.SIGTERM) == [0, 0]
    assert sorted(bell.service.ids) == sorted(words)
