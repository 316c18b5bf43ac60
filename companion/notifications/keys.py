"""The push key (VAPID, RFC 8292): with it we say who we are to every push service.

A P-256 private key, 32 bytes as base64url, beside the sealing key and never made anew by accident:
phones subscribe for one key, and none of them rings for another.
"""

import base64
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from companion import clock
from companion.sealing import BadKey, create_secret_file

KEY_BYTES = 32


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Bytes from base64url, with or without padding. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


@dataclass(frozen=True)
class PushKey:
    """The key itself: `private` is a P-256 key."""

    private: ec.EllipticCurvePrivateKey

    @classmethod
    def parse(cls, text: str) -> Self:
        """From base64url of the 32 bytes of the private number. Raises BadKey."""
        try:
            number = unb64(text.strip())
            if len(number) != KEY_BYTES:
                raise ValueError
            return cls(ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()))
        except ValueError:
            raise BadKey("The push key must be 32 bytes of a P-256 key, as base64url.") from None

    @classmethod
    def new(cls) -> Self:
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @property
    def text(self) -> str:
        return b64(self.private.private_numbers().private_value.to_bytes(KEY_BYTES, "big"))

    @cached_property
    def public(self) -> str:
        """What a browser subscribes with: the uncompressed point, base64url, 87 characters."""
        point = self.private.public_key()
        return b64(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @cached_property
    def id(self) -> str:
        """Twelve characters that tell one key from another."""
        return b64(sha256(self.public.encode()).digest()[:9])

    @property
    def pem(self) -> tuple[bytes, bytes]:
        """The private and the public key as PEM."""
        return (
            self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
            self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        )


def key_file(data: str) -> Path:
    return Path(data) / "push.key"


def create_key_file(path: Path) -> None:
    """A new key, readable by its owner alone. An existing file is never touched."""
    create_secret_file(path, PushKey.new().text)


def replace_key_file(path: Path) -> Path | None:
    """A new key on purpose: the old one is kept beside it, at the path that comes back."""
    old = None
    if path.exists():
        old = path.with_name(f"{path.name}.until-{clock.now():%Y%m%d%H%M%S}")
        if old.exists():
            raise BadKey("The push key was changed a moment ago. Wait a second, if you mean it.")
        path.replace(old)
    create_key_file(path)
    return old


_key: PushKey | None = None


def use(key: PushKey) -> None:
    """From now on, this process rings with this key."""
    global _key
    _key = key


def push_key() -> PushKey:
    if _key is None:
        raise BadKey("No push key has been read yet.")
    return _key
