"""A content pack that somebody worked on, read with distrust: what would change, and what is
refused.

A pack that is not this pilot's, or of another form, is refused as a whole; a file in it that is not
as it must be, alone, and the rest is taken. Nothing is written here.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.errors import Refusal
from companion.i18n import _
from companion.i18n.languages import Language
from companion.localisation.actions import look_into
from companion.localisation.texts import Source
from companion.packs import out
from companion.packs.archive import Files, Refused
from companion.packs.forms import AdaptationForm
from companion.packs.incoming import Incoming, not_usable
from companion.packs.own import tables_of
from companion.packs.table_files import DRAWING, PROGRAMME, SETTINGS, SIGNS, look_at_tables
from companion.pilots.forms import SiteForm
from companion.pilots.numbers import MOST, rows
from companion.pilots.pack import offered_language, pilot
from companion.pilots.pilot import Pilot
from companion.recordings.models import Recording
from companion.recordings.signs import signs_by_key
from companion.recordings.sounds import sound
from companion.records import checked, parse

ABOUT, SITES, ADAPTATIONS = "pack.toml", "sites.toml", "adaptations.toml"
_ABOUT = {
    "format": int, "pilot": str, "version": int, "made_on": str, "checked_on": str,
    "signed_off_by": str,
}  # fmt: skip
_SITE = {"name": str, "address": str, "numbers": list}
_NUMBER = {"label": str, "number": str}
_ADAPTATION = {
    "on": str, "depth": str, "what": str, "why": str, "agreed_with": str, "text": str,
}  # fmt: skip
_WORDINGS = re.compile(r"wordings/([A-Za-z-]+)-(?:companion|programme)\.po")
_RECORDING = re.compile(
    r"recordings/([A-Za-z-]+)/([0-9a-f]{16})(?:-([0-9a-f]{16}))?\.(?:ogg|webm|m4a|aac)"
)
_TABLES = (ABOUT, SITES, ADAPTATIONS, SETTINGS, SIGNS)


def look(db: Session, code: str, files: Files) -> Incoming:
    """What a pack would change of a pilot's. Raises Refused."""
    incoming = _about(code, files, Incoming(0, "", "", tables_of(db, code)))
    own = look_at_tables(code, files, incoming)
    source = Source(own.pilot, tuple(own.programmes.values()))
    for name in sorted(files):
        with _refusing(incoming, name):
            if found := _WORDINGS.fullmatch(name):
                _look_at_words(db, source, found.group(1), name, files[name], incoming)
            elif found := _RECORDING.fullmatch(name):
                _look_at_recording(db, own.pilot, name, found, files[name], incoming)
            elif not (name in _TABLES or DRAWING.fullmatch(name) or PROGRAMME.fullmatch(name)):
                incoming.refuse(name, _("A pack has no file of this name."))
    _each(files, SITES, incoming, lambda row: _look_at_site(db, code, row, incoming))
    _each(files, ADAPTATIONS, incoming, lambda row: _look_at_adaptation(db, code, row, incoming))
    return incoming


def _about(code: str, files: Files, incoming: Incoming) -> Incoming:
    if ABOUT not in files:
        raise Refused(_("This is not a content pack: it has no file pack.toml."))
    try:
        about = checked(parse(files[ABOUT], ABOUT), _ABOUT, ABOUT)
    except ValueError as error:
        raise Refused(not_usable(error)) from None
    if about["format"] != out.FORMAT:
        raise Refused(_("This content pack has a form that Companion does not know."))
    if about["pilot"] != code:
        raise Refused(_("This content pack is another pilot’s: %(code)s.", code=about["pilot"][:9]))
    incoming.version = about["version"]
    incoming.checked_on, incoming.signed_off_by = about["checked_on"], about["signed_off_by"]
    return incoming


@contextmanager
def _refusing(incoming: Incoming, place: str) -> Iterator[None]:
    """What is wrong in here is refused alone."""
    try:
        yield
    except ValueError as error:
        incoming.refuse(place, not_usable(error))
    except Refusal as refusal:
        incoming.refuse(place, next(iter(refusal.errors.values())))


def _look_at_words(
    db: Session, source: Source, code: str, name: str, content: bytes, incoming: Incoming
) -> None:
    found = look_into(db, source, _language(source.pilot, code), content)
    for wrong in found.wrong:
        incoming.refuse(f"{name}:{wrong.line}", wrong.why)
    for each in found.changes:
        before, after = " | ".join(each.before), " | ".join(each.saying.forms)
        incoming.change(f"{name}: {each.saying.message}", before, after)
        incoming.sayings.append(each.saying)


def _language(own: Pilot, code: str) -> Language:
    found = offered_language(own, code)
    if found is None:
        raise Refusal(_("The pilot does not offer this language."))
    return found


def _look_at_recording(
    db: Session, own: Pilot, name: str, found: re.Match[str], content: bytes, incoming: Incoming
) -> None:
    language, key = _language(own, found.group(1)).code, found.group(2)
    sign = signs_by_key(own).get(key)
    if sign is None:
        raise Refusal(_("The card of the pilot does not have this danger sign."))
    here = (Recording.pilot == own.code, Recording.sign == key, Recording.language == language)
    before = db.scalar(select(Recording.sound).where(*here))
    if before != content:
        incoming.recordings[key, language] = (sound(content), found.group(3))
        incoming.change(name, sign if before else "", sign)


def _each(files: Files, name: str, incoming: Incoming, look_at: Callable[[Any], None]) -> None:
    """Every row of a file that is a list."""
    key = name.removesuffix(".toml")
    found: list[Any] = []
    with _refusing(incoming, name):
        found = checked(parse(files[name], name), {key: list}, name)[key] if name in files else []
    for position, row in enumerate(found, start=1):
        with _refusing(incoming, f"{name}: {position}"):
            look_at(row)


def _look_at_site(db: Session, code: str, row: Any, incoming: Incoming) -> None:
    table = checked(row, _SITE, SITES)
    numbers = [checked(each, _NUMBER, SITES) for each in table["numbers"]]
    if len(numbers) > MOST:
        raise ValueError(f"{SITES}: numbers must be at most {MOST}")
    columns = SiteForm(table["name"], table["address"], rows(numbers)).checked()
    before = {each["name"]: each for each in out.sites_of(db, code)}.get(columns["name"])
    if before != columns:
        incoming.sites.append(columns)
        incoming.change(f"{SITES}: {columns['name']}", before, columns)


def _look_at_adaptation(db: Session, code: str, row: Any, incoming: Incoming) -> None:
    table = checked(row, _ADAPTATION, ADAPTATIONS)
    columns = AdaptationForm(**table).checked(pilot(code).zone)
    if table not in out.adaptations_of(db, code):
        incoming.adaptations.append(columns)
        incoming.change(f"{ADAPTATIONS}: {table['on']}", None, table["what"])
