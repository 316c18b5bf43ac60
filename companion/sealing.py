"""Sealed columns: AES-256-GCM under a key that lives outside the database.

A sealed cell is: 1 byte length of the key id, the key id, 12 bytes nonce, ciphertext and tag
(NIST SP 800-38D). The cell's place, `table.column.row-id`, is its associated data, so that a value
moved to another row does not open. Old keys stay in the file to open what they sealed; the first
line seals what is new.
"""

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class BadKey(Exception):
    """The sealing key is missing or malformed; the sentence says what to do."""


class CannotOpen(Exception):
    """A sealed cell that this key does not open: another key, another row, or tampered with."""


@dataclass(frozen=True)
class Keyring:
    """The keys by id; `newest` seals, all of them open."""

    newest: str
    keys: Mapping[str, bytes]

    @classmethod
    def parse(cls, text: str) -> Self:
        """`id:base64` a line (or between commas), newest first; 32 bytes each. Raises BadKey."""
        keys: dict[str, bytes] = {}
        for line in text.replace(",", "\n").split():
            name, _, encoded = line.partition(":")
            try:
                keys[name] = base64.b64decode(encoded, validate=True)
            except ValueError:
                raise BadKey("The sealing key is not in the form id:base64.") from None
            if not name or len(name) > 64 or len(keys[name]) != KEY_BYTES:
                raise BadKey("A sealing key must have an id and exactly 32 bytes.")
        if not keys:
            raise BadKey("The sealing key is empty.")
        return cls(next(iter(keys)), keys)

    def seal(self, text: str, place: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        name = self.newest.encode()
        sealed = AESGCM(self.keys[self.newest]).encrypt(nonce, text.encode(), place.encode())
        return bytes([len(name)]) + name + nonce + sealed

    def open(self, cell: bytes, place: str) -> str:
        """What was sealed at this place. Raises CannotOpen."""
        cut = 1 + cell[0]
        key = self.keys.get(cell[1:cut].decode())
        if key is None:
            raise CannotOpen(f"no key for {place}")
        nonce, sealed = cell[cut : cut + NONCE_BYTES], cell[cut + NONCE_BYTES :]
        try:
            return AESGCM(key).decrypt(nonce, sealed, place.encode()).decode()
        except InvalidTag:
            raise CannotOpen(place) from None

    def sign(self, text: str) -> list[str]:
        """Keyed digests (HMAC-SHA-256, 128 bits, hex), one per key, that of the newest first."""
        return [_digest(self.keys[self.newest], text)] + [
            _digest(key, text) for name, key in self.keys.items() if name != self.newest
        ]


def _digest(key: bytes, text: str) -> str:
    digest = hmac.HMAC(key, hashes.SHA256())
    digest.update(text.encode())
    return digest.finalize()[:16].hex()


_ring: Keyring | None = None


def use(ring: Keyring) -> None:
    """From now on, this process seals and opens with these keys."""
    global _ring
    _ring = ring


def keyring() -> Keyring:
    if _ring is None:
        raise BadKey("No sealing key has been read yet.")
    return _ring


def key_file(data: str) -> Path:
    return Path(data) / "sealing.key"


def create_key_file(path: Path) -> None:
    """A new random key, readable by its owner alone. An existing file is never touched."""
    create_secret_file(path, f"k1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}")


def create_secret_file(path: Path, line: str) -> None:
    """A file of one line for its owner alone, on the disk when this returns. Raises FileExistsError
    when there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


class Sealed:
    """A text on a row that is kept sealed: `name = Sealed()` beside a column `name_sealed`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.column = f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: Any, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> Self | str:
        if row is None:
            return self
        return self.open(owner, getattr(row, self.column), row.id)

    def __set__(self, row: Any, text: str) -> None:
        setattr(row, self.column, keyring().seal(text, self._place(type(row), row.id)))

    def open(self, owner: type, cell: bytes | None, row_id: object) -> str:
        """The text of a cell read as a column: `Person.name.open(Person, cell, id)`."""
        return "" if cell is None else keyring().open(cell, self._place(owner, row_id))

    def _place(self, owner: type, row_id: object) -> str:
        return f"{owner.__tablename__}.{self.name}.{row_id}"  # type: ignore[attr-defined]
