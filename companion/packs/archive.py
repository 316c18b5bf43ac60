"""A content pack as files: a folder, or a zip that somebody sent in, read with distrust."""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from companion.errors import Refusal
from companion.i18n import Sentence, _

Files = Mapping[str, bytes]

LARGEST = 15_000_000  # bytes of a zip
MOST_INSIDE = 40_000_000  # bytes of what is in it
MOST_FILES = 2_000

_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*){0,3}", re.ASCII)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, RuntimeError,
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_BY_A_MAC = "__MACOSX/"
_UNSEEN = ".DS_Store"


class Refused(Refusal):
    """The whole pack, and why."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why, "file")


def too_large() -> Refused:
    return Refused(_("The file is larger than %(most)s MB.", most=LARGEST // 1_000_000))


def from_zip(content: bytes) -> Files:
    """What is in it, by name. Raises Refused, for a name that leads out of the pack above all."""
    if len(content) > LARGEST:
        raise too_large()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _without_its_folder(_read(archive))
    except _BROKEN:
        # zipfile, and zlib under it, raise what comes along for a damaged file.
        raise Refused(_("This is not a zip file that can be read.")) from None


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [each for each in archive.infolist() if _is_file(each)]
    if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_INSIDE:
        raise Refused(_("There is too much in this file."))
    found: dict[str, bytes] = {}
    for each in entries:
        _check_entry(each)
        if each.filename in found:
            raise Refused(_("Two files in it have the same name: %(name)s.", name=each.filename))
        with archive.open(each) as file:
            found[each.filename] = file.read(each.file_size)
    return found


def _is_file(entry: zipfile.ZipInfo) -> bool:
    is_a_macs = entry.filename.startswith(_BY_A_MAC) or entry.filename.endswith(_UNSEEN)
    return not entry.is_dir() and not is_a_macs


def _check_entry(entry: zipfile.ZipInfo) -> None:
    is_link = entry.external_attr >> 28 == 0xA
    if not _NAME.fullmatch(entry.filename) or is_link or entry.orig_filename != entry.filename:
        raise Refused(_("A file in it has a name that is not allowed: %(name)s.",
                        name=entry.orig_filename[:100]))  # fmt: skip
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        raise Refused(_("This is not a zip file that can be read."))


def _without_its_folder(files: dict[str, bytes]) -> Files:
    """Whoever zips a folder gets the folder too."""
    firsts = {name.partition("/")[0] for name in files}
    if len(firsts) != 1 or any("/" not in name for name in files):
        return files
    return {name.partition("/")[2]: content for name, content in files.items()}


def to_zip(files: Files) -> bytes:
    """The same files make the same zip."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return written.getvalue()


def from_folder(folder: Path) -> Files:
    """Raises Refused as `from_zip` does."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != _UNSEEN]
    if len(paths) > MOST_FILES or sum(path.stat().st_size for path in paths) > MOST_INSIDE:
        raise Refused(_("There is too much in this file."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def to_folder(files: Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
