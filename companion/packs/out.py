"""A pilot's whole pack as files.

```
pack.toml                    which pilot, which version, checked on, signed off by
settings.toml                languages, units, group size, programmes, numbers to call
signs.toml                   the danger signs of its card, each with its picture
programmes/SLUG.toml         the sessions of each programme, and their themes
sites.toml                   sites with their own numbers
adaptations.toml             what is done in another way, surface and deep, and why
wordings/CODE-DOMAIN.po      the pilot's own words
pictures/NAME.svg            the pictures of its danger signs
recordings/CODE/SIGN-WORDS.ogg   its danger signs, said aloud, and of which words each is
```
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import tomli_w
from sqlalchemy import select
from sqlalchemy.orm import Session

from companion import clock
from companion.i18n.catalogue_files import po_bytes
from companion.i18n.catalogues import DOMAINS
from companion.localisation.po_out import catalogue_of
from companion.localisation.texts import key_of_message, source_of
from companion.packs.archive import Files
from companion.packs.models import Adaptation, OwnPack
from companion.packs.own import tables_of
from companion.pilots.models import Site, Wording
from companion.pilots.pack import pilot, shipped_table
from companion.pilots.pilot import Pilot, SignGroup
from companion.programmes.programme import Programme, programme
from companion.recordings.models import Recording
from companion.web.pictures import as_file, pictures

FORMAT = 1
ENDINGS = {"audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a", "audio/aac": "aac"}


def files_of(db: Session, code: str) -> Files:
    """The caller has shown that the pilot is hers; this process knows its pack as it is now."""
    own = pilot(code)
    programmes = {slug: _toml(programme_table(programme(slug, code))) for slug in own.programmes}
    return {
        "pack.toml": _toml(_about(db, own)),
        "settings.toml": _toml({**shipped_table(code), **tables_of(db, code).settings}),
        "signs.toml": _toml(signs_table(own.danger_signs)),
        "sites.toml": _toml({"sites": sites_of(db, code)}),
        "adaptations.toml": _toml({"adaptations": adaptations_of(db, code)}),
        **{f"programmes/{slug}.toml": table for slug, table in programmes.items()},
        **dict(_wordings(db, code)),
        **{f"pictures/{name}.svg": text.encode() for name, text in drawings_of(own).items()},
        **dict(_recordings(db, code)),
    }


def _toml(table: dict[str, Any]) -> bytes:
    return tomli_w.dumps(table, multiline_strings=False).encode()


def _about(db: Session, own: Pilot) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "pilot": own.code,
        "version": version_of(db, own.code),
        "made_on": clock.today(own.zone).isoformat(),
        "checked_on": own.checked_on.isoformat() if own.checked_on else "",
        "signed_off_by": own.signed_off_by,
    }


def version_of(db: Session, code: str) -> int:
    """How often the pack changed; 0 as it comes with Companion."""
    return db.scalar(select(OwnPack.version).where(OwnPack.pilot == code)) or 0


def signs_table(groups: Iterable[SignGroup]) -> dict[str, Any]:
    return {
        group.key: {
            "title": group.title,
            "about": group.about,
            "signs": [{"says": sign.says, "picture": sign.picture} for sign in group.signs],
        }
        for group in groups
    }


def programme_table(found: Programme) -> dict[str, Any]:
    sessions = [_session_table(asdict(each)) for each in found.sessions]
    return {"slug": found.slug, "name": found.name, "about": found.about, "sessions": sessions}


def _session_table(values: dict[str, Any]) -> dict[str, Any]:
    return {key: list(each) if isinstance(each, tuple) else each for key, each in values.items()}


def sites_of(db: Session, code: str) -> list[dict[str, Any]]:
    found = db.scalars(select(Site).where(Site.pilot == code).order_by(Site.id))
    return [{"name": each.name, "address": each.address, "numbers": each.numbers} for each in found]


def adaptations_of(db: Session, code: str) -> list[dict[str, Any]]:
    found = db.scalars(select(Adaptation).where(Adaptation.pilot == code).order_by(Adaptation.id))
    return [
        {
            "on": each.adapted_on.isoformat(),
            "depth": each.depth,
            "what": each.what,
            "why": each.why,
            "agreed_with": each.agreed_with,
            "text": each.text_key or "",
        }
        for each in found
    ]


def _wordings(db: Session, code: str) -> Iterator[tuple[str, bytes]]:
    """The pilot's own alone, as PO: the rest comes with Companion."""
    rows = select(Wording.language, Wording.domain, Wording.key).where(
        Wording.pilot == code, Wording.is_current
    )
    own = {tuple(row) for row in db.execute(rows)}
    for language in sorted({each[0] for each in own}):
        for domain in DOMAINS:
            keys = {key for of, within, key in own if (of, within) == (language, domain)}
            if keys:
                catalogue = catalogue_of(db, source_of(code), language, domain)
                for message in list(catalogue):
                    if message.id and key_of_message(message, domain) not in keys:
                        catalogue.delete(message.id, message.context)
                yield f"wordings/{language}-{domain}.po", po_bytes(catalogue, language, domain)


def drawings_of(own: Pilot) -> dict[str, str]:
    """Every picture that its card shows, so that somebody can draw it anew."""
    drawn = {**pictures("signs"), **own.drawings}
    used = (sign.picture for group in own.danger_signs for sign in group.signs)
    return {name: as_file(drawn[name]) for name in used}


def _recordings(db: Session, code: str) -> Iterator[tuple[str, bytes]]:
    rows = select(
        Recording.language,
        Recording.sign,
        Recording.words_key,
        Recording.media_type,
        Recording.sound,
    ).where(Recording.pilot == code)
    for row in db.execute(rows):
        name = f"{row.sign}-{row.words_key}" if row.words_key else row.sign
        yield f"recordings/{row.language}/{name}.{ENDINGS[row.media_type]}", row.sound
