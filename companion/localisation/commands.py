"""`companion catalogues export` and `import`: a pilot's words out as PO files and in again."""

from collections.abc import Sequence
from pathlib import Path

from companion.db import Database
from companion.i18n import Sentence
from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import Language
from companion.localisation import po_in
from companion.localisation.actions import look_into, take_in
from companion.localisation.po_out import exported
from companion.localisation.texts import source_of


class FileRefused(RuntimeError):
    """A file that is not taken at all, and why."""


def export_words(database: Database, pilot: str, of: Language, into: Path) -> None:
    """A file for each domain: xk-sq-companion.po, xk-sq-programme.po."""
    into.mkdir(parents=True, exist_ok=True)
    with database.reading() as db:
        for domain in DOMAINS:
            path = into / f"{pilot}-{of.code}-{domain}.po"
            path.write_bytes(exported(db, pilot, of.code, domain))
            print(path)


def import_words(
    database: Database, pilot: str, of: Language, paths: Sequence[Path], *, yes: bool
) -> None:
    """Say what each file would change and what of it is refused; with `yes` take the rest.

    All files or none: one that is refused as a whole raises FileRefused, and nothing is taken."""
    with database.writing.begin() as db:
        for path in paths:
            try:
                incoming = look_into(db, source_of(pilot), of, path.read_bytes())
            except po_in.Refused as refused:
                raise FileRefused(f"{path}: {_plain(refused.errors['file'])}") from None
            _say(path, incoming, yes)
            if yes:
                take_in(db, pilot, incoming)


def _say(path: Path, incoming: po_in.Incoming, yes: bool) -> None:
    for wrong in incoming.wrong:
        print(f"{path}:{wrong.line}: refused: {wrong.message!r}: {_plain(wrong.why)}")
    for change in incoming.changes:
        state = "reviewed" if change.saying.is_reviewed else "draft"
        print(f"  {change.saying.message!r}")
        print(f"    - {' | '.join(change.before) or '(nothing)'}")
        print(f"    + {' | '.join(change.saying.forms)} ({state})")
    done = "taken" if yes else "would be taken; do it with --yes"
    print(f"{path}: {len(incoming.changes)} {done}, {len(incoming.wrong)} refused")


def _plain(sentence: Sentence) -> str:
    """For the terminal, which reads English."""
    return sentence.message % sentence.values
