"""RFC 8291 written out with nothing but `cryptography`: the least that encrypting a word costs."""

import os
import struct
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SALT_BYTES, POINT_BYTES, SECRET_BYTES = 16, 65, 16
RECORD_SIZE = 4096
HEAD = struct.Struct(f"!{SALT_BYTES}sIB{POINT_BYTES}s")
LAST = b"\x02"
CURVE = ec.SECP256R1()


@dataclass(frozen=True)
class Phone:
    """The two keys that words are encrypted for (section 3.1), and the one that opens them."""

    private: ec.EllipticCurvePrivateKey
    point: bytes
    secret: bytes

    @classmethod
    def new(cls) -> Self:
        private = ec.generate_private_key(CURVE)
        return cls(private, _point(private), os.urandom(SECRET_BYTES))


def encrypt(text: bytes, point: bytes, secret: bytes) -> bytes:
    """One record of aes128gcm (RFC 8188) that only the phone with these keys can open."""
    private, salt = ec.generate_private_key(CURVE), os.urandom(SALT_BYTES)
    own, theirs = _point(private), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    shared = private.exchange(ec.ECDH(), theirs)
    key, nonce = _derive(shared, secret, salt, point + own)
    head = HEAD.pack(salt, RECORD_SIZE, POINT_BYTES, own)
    return head + AESGCM(key).encrypt(nonce, text + LAST, None)


def decrypt(body: bytes, phone: Phone) -> bytes:
    """What was encrypted for a phone."""
    salt, _, _, point = HEAD.unpack_from(body)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    shared = phone.private.exchange(ec.ECDH(), theirs)
    key, nonce = _derive(shared, phone.secret, salt, phone.point + point)
    return AESGCM(key).decrypt(nonce, body[HEAD.size :], None).removesuffix(LAST)


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(shared: bytes, secret: bytes, salt: bytes, points: bytes) -> tuple[bytes, bytes]:
    """The key and the nonce (section 3.4)."""
    both = _hmac(_hmac(secret, shared), b"WebPush: info\0" + points + b"\x01")
    start = _hmac(salt, both)
    key = _hmac(start, b"Content-Encoding: aes128gcm\0\x01")[:16]
    return key, _hmac(start, b"Content-Encoding: nonce\0\x01")[:12]


def _hmac(key: bytes, data: bytes) -> bytes:
    digest = HMAC(key, SHA256())
    digest.update(data)
    return digest.finalize()
