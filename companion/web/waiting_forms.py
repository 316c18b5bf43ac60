"""Forms that waited on a phone for a line, sealed to a key that only the server has.

The phone seals a form as it was filled in, with a key that it makes for it alone and forgets, so
that nobody who holds the phone can read what waits: ECDH on P-256 (NIST SP 800-56A), HKDF with
SHA-256 (RFC 5869), AES-256-GCM (SP 800-38D). What it sends is base64 of its public key (65 bytes,
uncompressed), the nonce (12 bytes), and the ciphertext with its tag; the address of the form is its
associated data, so that it can be posted nowhere else.
"""

import base64
from functools import lru_cache
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.sealing import CannotOpen, keyring

INFO = b"companion form"
_POINT, _NONCE = 65, 12
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MOST = 200_000  # characters: no form is longer


def public_key() -> str:
    """To which phones seal, in base64."""
    return _public(keyring().keys[keyring().newest])


@lru_cache(maxsize=8)
def _public(key: bytes) -> str:
    point = _private(key).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


@lru_cache(maxsize=8)
def _private(key: bytes) -> ec.EllipticCurvePrivateKey:
    """Made from a sealing key, so that there is one secret to keep and one to bring back. 384 bits
    leave no trace of the reduction (FIPS 186-5, A.2.1)."""
    seed = HKDF(hashes.SHA256(), 48, None, b"companion waiting forms").derive(key)
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, _CURVE)


def opened(sealed: str, path: str) -> list[tuple[str, str]]:
    """The fields of a form, in order. Raises CannotOpen."""
    try:
        content = base64.b64decode(sealed[:MOST], validate=True)
        point, rest = content[:_POINT], content[_POINT:]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except ValueError:
        raise CannotOpen("a form that waited") from None
    for key in keyring().keys.values():
        try:
            fields = _decrypted(key, theirs, point, rest, path)
            return parse_qsl(fields.decode(), keep_blank_values=True)
        except (InvalidTag, ValueError):
            continue
    raise CannotOpen("a form that waited")


def _decrypted(
    key: bytes, theirs: ec.EllipticCurvePublicKey, point: bytes, rest: bytes, path: str
) -> bytes:
    shared = _private(key).exchange(ec.ECDH(), theirs)
    own = HKDF(hashes.SHA256(), 32, point, INFO).derive(shared)
    return AESGCM(own).decrypt(rest[:_NONCE], rest[_NONCE:], path.encode())
