"""The data budget, measured over real HTTP in a real browser (compressed, headers included)."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession

from tests.access.pages import pages_of
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.house import House

FIRST_VISIT, MOST_REQUESTS, NEXT_PAGE = 40_000, 8, 5_000


class Meter:
    """What came over the line since it was last read."""

    def __init__(self, phone: Phone) -> None:
        self.bytes: list[float] = []
        session: CDPSession = phone.context.new_cdp_session(phone.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:
            self.bytes.append(event["encodedDataLength"])

    def read(self, phone: Phone) -> list[float]:
        phone.page.wait_for_load_state("networkidle")
        read, self.bytes = self.bytes, []
        return read


@pytest.mark.parametrize("who", ["nobody", "amina"])
def test_the_first_visit_is_within_the_budget(new_phone: NewPhone, cast: Cast, who: str) -> None:
    phone = new_phone()
    if who != "nobody":
        phone.sign_in(cast.amina.token)
    meter = Meter(phone)

    phone.open("/")

    came = meter.read(phone)
    print(f"first visit, {who}: {sum(came):.0f} bytes in {len(came)} requests")
    assert len(came) <= MOST_REQUESTS
    assert sum(came) <= FIRST_VISIT


def test_every_next_page_is_within_the_budget(
    new_phone: NewPhone, cast: Cast, house: House
) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    meter = Meter(phone)
    phone.open("/")
    meter.read(phone)
    came = {}
    for address in pages_of("amina", house):
        phone.open(address)
        came[address] = sum(meter.read(phone))

    for address, size in sorted(came.items(), key=lambda each: each[1]):
        print(f"{size:6.0f} {address}")
    assert {address: size for address, size in came.items() if size > NEXT_PAGE} == {}
