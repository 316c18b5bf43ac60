"""What was sent while the device was locked: kept in the page itself, sealed, until she is back.

The page shows nothing of it, not even to whoever reads its source, and the server keeps nothing.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

from companion.people.reader import Reader
from companion.sealing import CannotOpen, keyring

MOST = 340_000  # characters sealed: a form of the largest size that is taken at all


@dataclass(frozen=True)
class Kept:
    """A form, and the address of ours that it was on its way to."""

    path: str
    pairs: tuple[tuple[str, str], ...]

    def sealed(self, holder: Reader) -> str:
        """Only on her device does it open."""
        said = json.dumps([self.path, self.pairs], ensure_ascii=False)
        return base64.urlsafe_b64encode(keyring().seal(said, _place(holder))).decode()

    @classmethod
    def open(cls, sealed: str, holder: Reader) -> "Kept | None":
        """None where nothing was kept, or not by us for her."""
        try:
            cell = base64.urlsafe_b64decode(sealed)
            said: Any = json.loads(keyring().open(cell, _place(holder)))
        except (ValueError, IndexError, CannotOpen):
            return None
        return cls(said[0], tuple((name, value) for name, value in said[1]))


def _place(holder: Reader) -> str:
    return f"kept.{holder.sign_in_id}"
