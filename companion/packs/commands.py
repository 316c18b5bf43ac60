"""`companion packs export` and `import`: a pilot's whole pack out as a folder or zip, and in."""

from pathlib import Path

from companion.db import Database
from companion.errors import Refusal
from companion.packs.actions import take_in
from companion.packs.archive import Files, from_folder, from_zip, to_folder, to_zip
from companion.packs.coming_in import look
from companion.packs.incoming import Incoming
from companion.packs.out import files_of
from companion.packs.own import know_all


class PackRefused(RuntimeError):
    """A pack that is not taken at all, and why."""


def export_pack(database: Database, pilot: str, into: Path) -> None:
    """A zip, if that is how its name ends; else a folder."""
    with database.reading() as db:
        know_all(db)
        files = files_of(db, pilot)
    if into.suffix == ".zip":
        into.write_bytes(to_zip(files))
    else:
        to_folder(files, into)
    print(f"{into}: {len(files)} files")


def import_pack(database: Database, pilot: str, path: Path, *, yes: bool) -> None:
    """Say what it would change and what of it is refused; with `yes` take the rest. Raises
    PackRefused for a pack that is refused as a whole."""
    with database.writing.begin() as db:
        know_all(db)
        try:
            incoming = look(db, pilot, _files(path))
        except Refusal as refused:
            why = next(iter(refused.errors.values()))
            raise PackRefused(f"{path}: {why.in_english}") from None
        _say(path, incoming, yes)
        if yes and incoming.changes:
            take_in(db, pilot, incoming)


def _files(path: Path) -> Files:
    return from_folder(path) if path.is_dir() else from_zip(path.read_bytes())


def _say(path: Path, incoming: Incoming, yes: bool) -> None:
    for wrong in incoming.wrong:
        print(f"{wrong.place}: refused: {wrong.why.in_english}")
    for change in incoming.changes:
        print(f"  {change.place}")
        print(f"    - {change.before or '(nothing)'}")
        print(f"    + {change.after or '(nothing)'}")
    done = "taken" if yes else "would be taken; do it with --yes"
    print(f"{path}: {len(incoming.changes)} {done}, {len(incoming.wrong)} refused")
