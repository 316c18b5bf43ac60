"""What Companion is compared with: nginx with nchan, a server for streams written in C, where it is
installed (Debian: nginx, libnginx-mod-nchan). It knows nobody and keeps nothing on a disk."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Self
from uuid import uuid4

from companion.bench.house import GROUP_SIZE, Member
from companion.bench.machine import SERVERS, on_cores
from companion.bench.marks import MARK
from companion.bench.ports import free_port, wait_until_open
from companion.bench.requests import GET, POST, request

MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
STOP_SECONDS = 10
EVENT = re.compile(rb"^data: (.*?)\n\n", re.MULTILINE | re.DOTALL)

SETTINGS = """
load_module {module};
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 12000; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    nchan_max_reserved_memory 256m;
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        location ~ ^/live/(.+)$ {{
            nchan_subscriber eventsource;
            nchan_channel_id $1;
            nchan_subscriber_first_message newest;
        }}
        location ~ ^/messages/(.+)$ {{
            nchan_publisher http;
            nchan_channel_id $1;
            nchan_message_buffer_length 100;
        }}
    }}
}}
"""


def program() -> str | None:
    """Where nginx is, if nchan is there too."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return found if found and MODULE.exists() else None


def channels(groups: int) -> list[Member]:
    """Members of groups that are nothing but a channel each; in turn, as in a house."""
    return [Member(uuid4(), "") for _ in range(groups)] * GROUP_SIZE


class Nchan:
    """nginx on one core; what is written there is an event as Companion draws it."""

    most = 1_000_000

    def __init__(self, nginx: str, folder: Path, sample: bytes) -> None:
        self.port = free_port()
        settings = folder / "nginx.conf"
        settings.write_text(SETTINGS.format(module=MODULE, folder=folder, port=self.port))
        with on_cores(SERVERS):
            self._process = subprocess.Popen(  # noqa: S603 - the one that is installed
                [nginx, "-c", settings, "-p", folder, "-e", folder / "error.log"],
                text=True,
                start_new_session=True,
            )
        self._drawn = _drawn(sample)

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Self:
        wait_until_open(self.port, self._process)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self._process.kill()

    def stream(self, member: Member) -> bytes:
        return request(GET, f"/live/{member.group_id}", ("Accept: text/event-stream",))

    def message(self, member: Member, text: str) -> bytes:
        drawn = MARK.sub(text.split()[0].encode(), self._drawn, 1).decode()
        return request(POST, f"/messages/{member.group_id}", ("Content-Type: text/html",), drawn)


def _drawn(sample: bytes) -> bytes:
    """The HTML of a message in what a listener read."""
    drawn: list[bytes] = EVENT.findall(sample)
    return next(html for html in drawn if MARK.search(html))
