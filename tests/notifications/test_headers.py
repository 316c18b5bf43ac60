"""The headers of each word (RFC 8030), and the token that says who we are (RFC 8292)."""

from datetime import timedelta

from companion.notifications import post
from companion.notifications.keys import push_key
from tests.chat.wire import in_a_loop
from tests.conftest import NOW, HeldClock
from tests.notifications.conftest import CONTACT
from tests.notifications.deliveries import delivery, one_after_the_other, opened, send
from tests.notifications.push_service import PushService, vapid_claims


def test_every_word_has_its_own_headers_and_none_of_the_one_before(service: PushService) -> None:
    soon, later = NOW + timedelta(minutes=5), NOW + timedelta(days=2)
    first = delivery(service, urgency="high", topic="session", expires_at=soon)
    second = delivery(service, urgency="low", topic="messages", expires_at=later)

    one_after_the_other(first, second, first)

    named = [[each.headers[name] for name in ("ttl", "urgency", "topic")] for each in service.sent]
    assert named == [
        ["300", "high", "session"],
        ["172800", "low", "messages"],
        ["300", "high", "session"],
    ]


def test_no_word_lives_longer_than_a_push_service_keeps_it_or_less_than_not_at_all(
    service: PushService,
) -> None:
    one_after_the_other(
        delivery(service, expires_at=NOW + timedelta(days=400)),
        delivery(service, expires_at=NOW - timedelta(minutes=1)),
    )

    assert [each.headers["ttl"] for each in service.sent] == ["2419200", "0"]


def test_what_is_encrypted_says_how(service: PushService) -> None:
    send(delivery(service))

    (sent,) = service.sent
    assert sent.headers["content-encoding"] == "aes128gcm"
    assert sent.headers["content-type"] == "application/octet-stream"
    assert "cookie" not in sent.headers
    assert sent.opened == b'{"web_push":8030}'


def test_the_token_is_for_this_service_and_a_day_at_most(service: PushService) -> None:
    send(delivery(service))

    claims, key = vapid_claims(service.sent[0])
    assert claims["aud"] == f"http://127.0.0.1:{service.port}"
    assert claims["sub"] == CONTACT
    assert set(claims) == {"aud", "sub", "exp"}
    assert NOW.timestamp() < claims["exp"] <= (NOW + timedelta(hours=24)).timestamp()
    assert key == push_key().public


def test_each_service_has_a_token_of_its_own(
    service: PushService, other_service: PushService
) -> None:
    send(delivery(service), delivery(other_service))

    for each in (service, other_service):
        assert vapid_claims(each.sent[0])[0]["aud"] == each.origin


def test_a_token_is_used_again_while_it_is_valid_and_then_renewed(
    service: PushService, held_clock: HeldClock
) -> None:
    async def send_for_a_day() -> None:
        async with opened(service) as out:
            for hours in (0, 9, 11, 20, 22):
                held_clock.moment = NOW + timedelta(hours=hours)
                await out.send(delivery(service))

    in_a_loop(send_for_a_day)

    tokens = [each.headers["authorization"] for each in service.sent]
    assert tokens[0] == tokens[1] != tokens[2]
    assert tokens[2] == tokens[3] != tokens[4]
    ends = [vapid_claims(each)[0]["exp"] for each in service.sent]
    assert ends[2] == (NOW + timedelta(hours=11) + post.TOKEN_LASTS).timestamp()
