"""Companion as it is served: a process of its own on one core, with a house for its data."""

import json
import subprocess
import sys
import uuid
from typing import Self
from urllib.parse import urlencode

from companion.bench.environment import environment
from companion.bench.house import LAST, House, Member
from companion.bench.machine import SERVERS, on_cores
from companion.bench.ports import free_port, wait_until_open
from companion.bench.requests import GET, POST, request
from companion.chat.actions import AT_ONCE

STOP_SECONDS = 20
FROM_A_PAGE = (
    "Sec-Fetch-Site: same-origin",
    "HX-Request: true",
    "HX-Target: ol#talk",
    "Accept-Encoding: gzip, deflate, br",
)


class Served:
    """A place that is open as long as the `with` lasts."""

    most = AT_ONCE

    def __init__(self, house: House, **settings: object) -> None:
        self.port = free_port()
        with on_cores(SERVERS):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "companion.bench.server"],
                env=environment(data=house.folder, port=self.port, **settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,  # Ctrl+C is for the bench, which then ends its server
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Self:
        wait_until_open(self.port, self._process)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._process.communicate(timeout=STOP_SECONDS)
        finally:
            self._process.kill()

    def holds(self) -> dict[str, int]:
        """How many `streams` and `rooms` there are in its memory."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        counted: dict[str, int] = json.loads(self._process.stdout.readline())
        return counted

    def stream(self, member: Member) -> bytes:
        path = f"/groups/{member.group_id}/live?after={LAST}"
        return request(GET, path, (_cookie(member), "Accept: text/event-stream"))

    def message(self, member: Member, text: str) -> bytes:
        form = urlencode({"id": uuid.uuid4(), "text": text})
        kind = "Content-Type: application/x-www-form-urlencoded"
        path = f"/groups/{member.group_id}/messages"
        return request(POST, path, (_cookie(member), kind, *FROM_A_PAGE), form)

    def page(self, member: Member) -> bytes:
        path = f"/groups/{member.group_id}/chat"
        return request(GET, path, (_cookie(member), "Accept-Encoding: gzip, deflate, br"))


def _cookie(member: Member) -> str:
    return f"Cookie: sign-in={member.token}"
