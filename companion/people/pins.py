"""A PIN: six digits, kept as an Argon2id hash that is worth nothing without the sealing key.

Six digits alone would be guessed from a hash within hours; a pepper that is not in the database
(HMAC-SHA-256 under the sealing key) keeps whoever has a copy of it from trying. Argon2id with
19 MiB, t=2, p=1 is what OWASP asks for at least (Password Storage Cheat Sheet).
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from threading import BoundedSemaphore
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from companion.errors import Busy, Refusal
from companion.i18n import _
from companion.sealing import keyring

LENGTH = 6
AT_ONCE = 2

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_rooms = BoundedSemaphore(AT_ONCE)


@contextmanager
def room() -> Iterator[None]:
    """Room for one check: each takes 19 MiB, which a small server has not for everybody at once.
    Raises Busy when there is none."""
    if not _rooms.acquire(blocking=False):
        raise Busy("other PINs are being checked")
    try:
        yield
    finally:
        _rooms.release()


def read_pin(typed: str) -> str:
    """The digits that were typed, in whichever script, as ASCII; "" when they are no PIN."""
    seen = [c for c in typed if not c.isspace() and unicodedata.category(c) != "Cf"]
    digits = [unicodedata.decimal(c, None) for c in seen]
    read = "".join(str(digit) for digit in digits if digit is not None)
    return read if len(seen) == len(read) == LENGTH else ""


def checked_pin(typed: str, again: str) -> str:
    """A new PIN, the same both times and not one that is tried first. Raises Refusal."""
    pin = read_pin(typed)
    if not pin:
        raise Refusal(_("Write six digits."), "pin")
    if is_easy(pin):
        raise Refusal(_("This one is easy to guess. Choose other digits."), "pin")
    if read_pin(again) != pin:
        raise Refusal(_("This is not the same. Write the same six digits twice."), "pin_again")
    return pin


def is_easy(pin: str) -> bool:
    """Even steps (111111, 123456, 246802), a piece that comes again (121212, 123123), a year."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    comes_again = pin in (pin[:2] * 3, pin[:3] * 2)
    has_year = any(piece[:2] in ("19", "20") for piece in (pin[:4], pin[2:]))
    return len(steps) == 1 or comes_again or has_year


def hash_pin(pin: str, sign_in_id: UUID) -> str:
    return _hasher.hash(_peppered(pin, sign_in_id)[0])


def is_right(pin: str, sign_in_id: UUID, pin_hash: str) -> bool:
    """Whether it is the PIN with this hash, made under any of the sealing keys."""
    return any(_fits(pin_hash, each) for each in _peppered(pin, sign_in_id))


def _fits(pin_hash: str, peppered: str) -> bool:
    try:
        return _hasher.verify(pin_hash, peppered)
    except VerifyMismatchError:
        return False


def _peppered(pin: str, sign_in_id: UUID) -> list[str]:
    """Bound to the device, so that a hash moved to another row does not fit."""
    return keyring().sign(f"pin:{sign_in_id}:{pin}")
