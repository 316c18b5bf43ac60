"""Through which push services phones may be rung: nobody makes this server ask anything else."""

import socket
from dataclasses import dataclass, field, replace

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from companion.config import PUSH_SERVICES
from companion.notifications.post import NOT_ALLOWED
from companion.notifications.services import NotPublic, PublicResolver, Services
from tests.chat.wire import in_a_loop
from tests.notifications.deliveries import delivery, one_after_the_other, send
from tests.notifications.push_service import PushService

LISTED = Services.parse(PUSH_SERVICES)
OWN = Services.parse("push.example http://127.0.0.1:8080 https://own.example:8443")


@pytest.mark.parametrize(
    ("endpoint", "service"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b", "https://fcm.googleapis.com"),
        ("https://web.push.apple.com/Qabc", "https://web.push.apple.com"),
        ("https://updates.push.services.mozilla.com/wpush/v2/x",
         "https://updates.push.services.mozilla.com"),
        ("https://db5p.notify.windows.com/w/?token=a%2bb", "https://db5p.notify.windows.com"),
        ("HTTPS://WEB.PUSH.APPLE.COM/x", "https://web.push.apple.com"),
    ],
)  # fmt: skip
def test_the_push_services_of_the_browsers_are_listed(endpoint: str, service: str) -> None:
    assert LISTED.service_of(endpoint) == service


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "/",
        "nonsense",
        "fcm.googleapis.com/x",
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "javascript:alert(1)",
        "https://127.0.0.1/x",
        "https://127.0.0.1:8000/health",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:169.254.169.254]/x",
        "https://2130706433/x",
        "https://localhost/x",
        "https://elsewhere.example/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://fcm.googleapis.com:443@127.0.0.1/x",
        "https://somebody@fcm.googleapis.com/x",
        "https://@fcm.googleapis.com/x",
        "https://:secret@fcm.googleapis.com/x",
        "https://127.0.0.1\\@fcm.googleapis.com/x",
        "https://127.0.0.1#@fcm.googleapis.com/x",
        "https://127.0.0.1?.push.apple.com/x",
        "https://127.0.0.1/.push.apple.com",
        "https://127.0.0.1%23.push.apple.com/x",
        "https://127.0.0.1%2f.push.apple.com/x",
        "https://[::1%25.push.apple.com]/x",
        "https://[fe80::1%25eth0]/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:0/x",
        "https://fcm.googleapis.com:99999/x",
        "https://fcm.googleapis.com:port/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com./x",
        "https://evilfcm.googleapis.com/x",
        "https://evilpush.apple.com/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://web.push.apple.com.evil.example/x",
        "https://push.apple.com.evil.example/x",
        "https://fcm.googleapis.com/\nHost: evil",
        "https://fcm.googleapis.com/ x",
        "https://fcm.googleapis.com/é",
        "https://ｆcm.googleapis.com/x",
        "https://fcm.googleapis.com/" + "x" * 5000,
        "https://[fcm.googleapis.com/x",
    ],
)
def test_whatever_else_is_named_is_not_asked(endpoint: str) -> None:
    assert LISTED.service_of(endpoint) is None


@pytest.mark.parametrize(
    ("endpoint", "service"),
    [
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"),
        ("https://own.example:8443/x", "https://own.example:8443"),
        ("https://push.example/x", "https://push.example"),
        ("http://127.0.0.1:8081/x", None),
        ("http://127.0.0.1/x", None),
        ("https://127.0.0.1:8080/x", None),
        ("http://own.example:8443/x", None),
        ("https://own.example/x", None),
        ("https://below.push.example/x", None),
    ],
)
def test_an_origin_on_the_list_is_that_origin_alone(endpoint: str, service: str | None) -> None:
    assert OWN.service_of(endpoint) == service


@dataclass
class Names(AbstractResolver):
    """Knows a few names, and remembers what it was asked."""

    known: dict[str, list[str]]
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self.known[host]
        ]

    async def close(self) -> None:
        pass


def addresses(services: Services, host: str, *known: str) -> list[str]:
    async def ask() -> list[str]:
        resolver = PublicResolver(services)
        resolver._ask = Names({host: list(known)})
        return [each["host"] for each in await resolver.resolve(host, 443)]

    return in_a_loop(ask)


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1"],
)  # fmt: skip
def test_a_listed_name_that_leads_into_a_network_inside_is_not_asked(inside: str) -> None:
    with pytest.raises(NotPublic):
        addresses(LISTED, "fcm.googleapis.com", inside)


def test_of_several_addresses_only_the_public_ones_are_asked() -> None:
    found = addresses(LISTED, "fcm.googleapis.com", "10.0.0.1", "142.250.1.95", "::1", "2a00::5")

    assert found == ["142.250.1.95", "2a00::5"]


def test_an_operators_own_origin_may_be_inside() -> None:
    assert addresses(OWN, "own.example", "10.0.0.1") == ["10.0.0.1"]
    with pytest.raises(NotPublic):
        addresses(OWN, "push.example", "10.0.0.1")


def test_the_post_itself_asks_no_name_that_leads_inside(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names({"push.example": ["127.0.0.1"]})
    monkeypatch.setattr("companion.notifications.services.ThreadedResolver", lambda: names)
    word = delivery(service)
    address = word.address.replace(service.origin, "https://push.example")

    outcome = send(replace(word, address=address, service="push.example"))

    assert [each.status for each in outcome] == [NOT_ALLOWED]
    assert names.asked == ["push.example"]


def test_a_phone_whose_service_left_the_list_is_not_rung(
    service: PushService, other_service: PushService
) -> None:
    word = delivery(service)
    (outcome,) = one_after_the_other(delivery(other_service, address=word.address))

    assert outcome.status == NOT_ALLOWED
    assert service.sent == []
