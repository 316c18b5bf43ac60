"""What a content pack that came in would change, and what of it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from companion.i18n import Sentence, _
from companion.packs.tables import Tables
from companion.pilots.wordings import Saying
from companion.recordings.sounds import Sound


@dataclass(frozen=True)
class Wrong:
    """A file that is not taken, or a part of it, and why."""

    place: str
    why: Sentence


@dataclass(frozen=True)
class Change:
    """What stands in some place of the pack, and would; "" for nothing."""

    place: str
    before: str
    after: str


@dataclass
class Incoming:
    """A pack that was read. `tables` is how the pilot's own would stand; sites, adaptations, words
    and recordings (by sign and language, with the key of what is said) are those that are new, or
    other than they were."""

    version: int
    checked_on: str
    signed_off_by: str
    tables: Tables
    has_new_tables: bool = False
    sites: list[dict[str, Any]] = field(default_factory=list)
    adaptations: list[dict[str, Any]] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    recordings: dict[tuple[str, str], tuple[Sound, str | None]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def refuse(self, place: str, why: Sentence) -> None:
        self.wrong.append(Wrong(place, why))

    def change(self, place: str, before: Any, after: Any) -> None:
        self.changes.append(Change(place, said(before), said(after)))


def said(value: Any) -> str:
    """As it stands in a file; "" for nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, Mapping):
        return tomli_w.dumps(value).strip()
    return tomli_w.dumps({"_": value}).removeprefix("_ = ").strip()


def not_usable(error: ValueError) -> Sentence:
    """The error names fields of the file, which are the same in every language."""
    return _("It cannot be used as it is: %(error)s", error=str(error)[:300])
