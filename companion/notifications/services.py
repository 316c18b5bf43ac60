"""Through which push services phones may be rung, and where these really are.

Whoever subscribes names an address that we will post to: without a list, that would be a way to
make this server ask anything of anybody (request forgery). A host name on the list is reached by
https, and only at a public address; a whole origin on the list is the operator's own decision.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

LONGEST_ENDPOINT, LONGEST_HOST = 2000, 253
# No zone of an IPv6 address and nothing that is encoded: `[::1%25.push.example]` ends well, too.
_NAME = re.compile(r"([a-z0-9-]+\.)+[a-z0-9-]+")


class NotPublic(OSError):
    """A name that leads into somebody's own network."""


@dataclass(frozen=True)
class Services:
    """The allow-list: `hosts` exactly, `domains` for everything below, `origins` as they are."""

    hosts: frozenset[str]
    domains: tuple[str, ...]
    origins: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> Self:
        """From names between spaces: "push.example *.push.example https://own.example:8443"."""
        names = text.lower().split()
        return cls(
            frozenset(each for each in names if "://" not in each and not each.startswith("*")),
            tuple(each[1:] for each in names if each.startswith("*")),
            frozenset(each for each in names if "://" in each),
        )

    def service_of(self, endpoint: str) -> str | None:
        """The origin of the push service behind an endpoint; None when we do not ring there."""
        if len(endpoint) > LONGEST_ENDPOINT or any(ord(c) <= 32 or ord(c) > 126 for c in endpoint):
            return None
        try:
            parts = urlsplit(endpoint)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return None
        if len(host) > LONGEST_HOST:
            return None
        if parts.username is not None or parts.password is not None or "\\" in endpoint:
            return None
        origin = (
            f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
        )
        if origin in self.origins:
            return origin
        is_below = bool(_NAME.fullmatch(host)) and host.endswith(self.domains)
        is_listed = host in self.hosts or is_below
        return origin if is_listed and parts.scheme == "https" and port in (None, 443) else None


class PublicResolver(AbstractResolver):
    """Looks names up, and gives no address inside anybody's network: not this machine's, not its
    neighbours', not the cloud's own (169.254.169.254). Names on the list as origins are exempt."""

    def __init__(self, services: Services) -> None:
        self._ask: AbstractResolver = ThreadedResolver()
        self._exempt = {urlsplit(origin).hostname for origin in services.origins}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of a name. Raises NotPublic when there are none."""
        found = await self._ask.resolve(host, port, family)
        if host in self._exempt:
            return found
        public = [each for each in found if ipaddress.ip_address(each["host"]).is_global]
        if not public:
            raise NotPublic(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._ask.close()
