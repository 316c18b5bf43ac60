"""A push service so slow that claims run out while words wait for their turn."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from companion import clock
from companion.notifications import outbox, post, sending
from companion.notifications.models import State
from companion.notifications.sending import Sending
from companion.reminders.ringing import Ringing
from tests.cast import Cast
from tests.chat.wire import in_a_loop
from tests.notifications.conftest import ORIGIN, Bell
from tests.notifications.deliveries import opened
from tests.notifications.push_service import slowly


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ever, but everything in less time."""
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC))
    monkeypatch.setattr(outbox, "CLAIM", timedelta(seconds=1.6))
    monkeypatch.setattr(post, "TIMEOUT", 1.0)
    monkeypatch.setattr(post, "AT_A_TIME", 2)
    monkeypatch.setattr(sending, "LOOKS_EVERY", 0.05)


@pytest.mark.usefixtures("hurried")
def test_what_waited_so_long_that_its_claim_ran_out_is_sent_once(bell: Bell, cast: Cast) -> None:
    bell.service.usually = slowly(0.5)
    bell.give(cast.amina)
    words = bell.tell(cast.amina, many=8)

    async def send_until_all_is_sent() -> None:
        async with opened(bell.service) as out, asyncio.timeout(30):
            running = asyncio.create_task(
                Sending(bell.database, Ringing(ORIGIN, drafts=True).take, out).run()
            )
            while {row.state for row in bell.rows()} != {State.SENT}:
                await asyncio.sleep(0.05)
            running.cancel()
            await asyncio.wait([running])

    in_a_loop(send_until_all_is_sent)

    assert sorted(bell.service.ids) == sorted(map(str, words))
