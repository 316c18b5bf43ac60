"""A place where groups talk: Companion, or what it is compared with."""

from typing import Protocol

from companion.bench.house import Member


class Place(Protocol):
    """A server on this machine."""

    @property
    def port(self) -> int: ...

    @property
    def pid(self) -> int: ...

    @property
    def most(self) -> int:
        """How many messages one member may write in a minute."""

    def stream(self, member: Member) -> bytes:
        """The request that opens her stream."""

    def message(self, member: Member, text: str) -> bytes:
        """The request by which she says something; the text begins with a mark."""
