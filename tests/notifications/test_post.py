"""Push services that hang, answer slowly, send elsewhere, or say too much; how many at a time."""

import asyncio
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from companion.notifications import post
from companion.notifications.post import NOT_ASKED, TOO_LATE, UNREACHED, Outcome
from tests.chat.wire import in_a_loop
from tests.conftest import NOW, HeldClock
from tests.notifications import deliveries
from tests.notifications.deliveries import delivery, one_after_the_other, send
from tests.notifications.push_service import PushService, answer, slowly


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "TIMEOUT", 0.8)


@pytest.mark.usefixtures("impatient")
def test_a_service_that_hangs_is_not_waited_for(service: PushService) -> None:
    service.usually = service.hang
    began = time.monotonic()

    (outcome,) = send(delivery(service))

    assert outcome.status == UNREACHED
    assert time.monotonic() - began < 3


def test_a_service_that_answers_slowly_has_answered(service: PushService) -> None:
    service.usually = slowly(0.1)

    assert [each.status for each in send(delivery(service))] == [201]


@pytest.mark.usefixtures("impatient")
def test_a_service_that_said_yes_and_then_hangs_has_said_yes(service: PushService) -> None:
    def yes_and(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(201)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        service.hang(handler)

    service.usually = yes_and

    assert [each.status for each in send(delivery(service))] == [201]


def test_nobody_there_is_an_outcome(service: PushService) -> None:
    nowhere = PushService(9)  # the port of nobody

    assert [each.status for each in send(delivery(nowhere))] == [UNREACHED]


def test_something_that_is_no_answer_is_an_outcome(service: PushService) -> None:
    def greet(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"Hello?\r\n\r\n")

    service.usually = greet

    assert [each.status for each in send(delivery(service))] == [UNREACHED]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_elsewhere(
    service: PushService, other_service: PushService, status: int
) -> None:
    service.usually = answer(status, Location=f"{other_service.origin}/push/Amina")

    (outcome,) = send(delivery(service))

    assert outcome.status == status
    assert len(service.sent) == 1
    assert other_service.sent == []


def test_ten_megabytes_are_not_read(service: PushService) -> None:
    written: list[int] = []

    def too_much(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(201)
        handler.send_header("Content-Length", str(10_000_000))
        handler.end_headers()
        written.extend(handler.wfile.write(b"x" * 100_000) for _ in range(100))

    service.usually = too_much

    assert [each.status for each in send(delivery(service))] == [201]
    service.is_over.wait(0.2)
    assert sum(written) < 10_000_000


def test_a_service_is_asked_by_a_few_at_a_time(service: PushService) -> None:
    service.usually = slowly(0.05)

    outcomes = send(*deliveries.deliveries(service, 3 * post.AT_A_TIME))

    assert [each.status for each in outcomes] == [201] * 3 * post.AT_A_TIME
    assert service.most_at_once == post.AT_A_TIME


def test_whoever_hangs_keeps_nobody_elses_phones_waiting(
    service: PushService, other_service: PushService
) -> None:
    service.usually = service.hang
    hanging = deliveries.deliveries(service, 2 * post.AT_A_TIME)
    others = deliveries.deliveries(other_service, 2 * post.AT_A_TIME)

    async def send_all() -> list[Outcome]:
        async with deliveries.opened(service, other_service) as out:
            stuck = [asyncio.create_task(out.send(word)) for word in hanging]
            known = await asyncio.gather(*map(out.send, others))
            assert not any(each.done() for each in stuck)
            service.is_over.set()
            await asyncio.wait(stuck)
            return known

    assert [each.status for each in in_a_loop(send_all)] == [201] * len(others)


@pytest.mark.usefixtures("impatient")
def test_whoever_hangs_is_left_alone_for_a_while(service: PushService) -> None:
    service.usually = service.hang

    outcomes = send(*deliveries.deliveries(service, 3 * post.AT_A_TIME))

    assert {each.status for each in outcomes[: post.AT_A_TIME]} == {UNREACHED}
    left_alone = outcomes[-post.AT_A_TIME :]
    assert {each.status for each in left_alone} == {NOT_ASKED}
    assert {each.retry_at for each in left_alone} == {NOW + post.PAUSE}
    assert len(service.sent) < 2 * post.AT_A_TIME


def test_one_phone_that_fails_leaves_the_others_ringing(service: PushService) -> None:
    service.will_answer("phone-0", answer(429, Retry_After="3600"))

    outcomes = one_after_the_other(*deliveries.deliveries(service, 3))

    assert [each.status for each in outcomes] == [429, 201, 201]


def test_after_the_pause_it_is_asked_again_and_a_success_ends_it(
    service: PushService, held_clock: HeldClock
) -> None:
    words = deliveries.deliveries(service, post.MOST_FAILURES)
    for number in range(post.MOST_FAILURES):
        service.will_answer(f"phone-{number}", answer(503), answer(201), answer(503))
    statuses: list[int] = []

    async def send_all() -> None:
        async with deliveries.opened(service) as out:
            statuses.extend([(await out.send(word)).status for word in (*words, words[0])])
            held_clock.moment = NOW + post.PAUSE
            statuses.extend([(await out.send(word)).status for word in (*words, *words)])

    in_a_loop(send_all)

    several = post.MOST_FAILURES
    assert statuses == [503] * several + [NOT_ASKED] + [201] * several + [503] * several


def test_a_word_whose_turn_comes_too_late_is_not_sent(service: PushService) -> None:
    word = delivery(service)
    statuses: list[int] = []

    async def send_both() -> None:
        async with deliveries.opened(service) as out:
            for seconds in (post.TIMEOUT - 1, post.TIMEOUT):
                outcome = await out.send(word, NOW + timedelta(seconds=seconds))
                statuses.append(outcome.status)

    in_a_loop(send_both)

    assert statuses == [TOO_LATE, 201]
    assert len(service.sent) == 1
