"""Codes to read aloud or scan: Crockford's base 32, kept only as a keyed digest."""

import secrets

from companion.sealing import keyring

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
INVITATION_LENGTH = 8  # 40 bits: few are alive, for days at most
SPARE_KEY_LENGTH = 13  # 65 bits: it lives until it is used

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def new_code(length: int) -> str:
    """A random code; each character is 5 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """The code somebody meant: any case, with dashes and spaces, O for 0, I and L for 1."""
    return typed.upper().translate(_MISREAD)


def show_code(code: str) -> str:
    """In groups of four, as it is read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def digests(code: str) -> list[str]:
    """What may stand in the row for this code: one digest per sealing key, the newest first."""
    return keyring().sign(f"code:{read_code(code)}")
