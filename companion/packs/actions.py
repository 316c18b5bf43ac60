"""What is done with a pilot's pack: sent in and looked at, taken in, signed off."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from companion import clock
from companion.db import insert_into, new_id
from companion.errors import NotFound
from companion.localisation.texts import is_safety_text
from companion.packs import adaptations, own
from companion.packs.archive import Files, from_zip
from companion.packs.coming_in import look
from companion.packs.forms import Approval
from companion.packs.incoming import Incoming
from companion.packs.models import OwnPack, WaitingPack
from companion.packs.out import files_of, version_of
from companion.packs.tables import Tables
from companion.people.reader import Reader
from companion.pilots.models import Site
from companion.pilots.wordings import Saying, count_change, say
from companion.recordings.actions import keep_for_sign


def give_out(db: Session, reader: Reader) -> tuple[Files, int]:
    """Her pilot's whole pack, and its version."""
    return files_of(db, reader.pilot), version_of(db, reader.pilot)


def waiting(reader: Reader) -> Select[WaitingPack]:
    """What she sent in for the pilot that she coordinates, and nobody else."""
    own_pilot = reader.pilot if reader.is_coordinator else None
    return select(WaitingPack).where(
        WaitingPack.pilot == own_pilot, WaitingPack.sent_by_id == reader.id
    )


def look_into(db: Session, reader: Reader, content: bytes) -> tuple[UUID, Incoming]:
    """What a zip would change. It waits to be taken in. Raises Refused."""
    incoming = look(db, reader.pilot, from_zip(content))
    db.execute(delete(WaitingPack).where(WaitingPack.pilot == reader.pilot))
    sent = WaitingPack(
        pilot=reader.pilot, content=content, sent_by_id=reader.id, sent_at=clock.now()
    )
    db.add(sent)
    return sent.id, incoming


def take_in_waiting(db: Session, reader: Reader, waiting_id: UUID) -> None:
    """What she looked at; it is looked at once more. Safety texts come in as drafts, since whoever
    takes a file in may be their writer. Raises NotFound, when another one took its place."""
    sent = db.scalar(waiting(reader).where(WaitingPack.id == waiting_id))
    if sent is None:
        raise NotFound
    incoming = look(db, reader.pilot, from_zip(sent.content))
    incoming.sayings = [_as_draft(reader.pilot, each) for each in incoming.sayings]
    take_in(db, reader.pilot, incoming, by_id=reader.id)
    db.delete(sent)


def _as_draft(pilot: str, saying: Saying) -> Saying:
    return replace(saying, is_reviewed=False) if is_safety_text(pilot, saying.key) else saying


def take_in(db: Session, pilot: str, incoming: Incoming, *, by_id: UUID | None = None) -> None:
    """The changes hold from now on."""
    count_change(db, pilot)
    if incoming.has_new_tables:
        _keep(db, pilot, incoming.tables, by_id)
    _put_sites(db, pilot, incoming.sites)
    for columns in incoming.adaptations:
        adaptations.add(db, pilot, columns, by_id=by_id)
    for place, (sound, words_key) in incoming.recordings.items():
        keep_for_sign(db, pilot, place, sound, words_key=words_key, by_id=by_id)
    if incoming.sayings:
        say(db, pilot, incoming.sayings, by_id=by_id, written_by_id=by_id)


def _keep(db: Session, pilot: str, tables: Tables, by_id: UUID | None) -> None:
    new = {
        "settings": dict(tables.settings),
        "signs": dict(tables.signs),
        "programmes": dict(tables.programmes),
        "drawings": dict(tables.drawings),
        "changed_by_id": by_id,
        "changed_at": clock.now(),
    }
    insert = insert_into(OwnPack.__table__, db.get_bind().dialect.name)
    first = insert.values(id=new_id(), pilot=pilot, version=1, **new)
    later = {**new, "version": OwnPack.version + 1}
    db.execute(first.on_conflict_do_update(index_elements=["pilot"], set_=later))


def _put_sites(db: Session, pilot: str, sites: Iterable[dict[str, Any]]) -> None:
    """A site is known by its name. None is ever taken away: groups meet there."""
    there = {each.name: each for each in db.scalars(select(Site).where(Site.pilot == pilot))}
    for columns in sites:
        if site := there.get(columns["name"]):
            site.address, site.numbers = columns["address"], columns["numbers"]
        else:
            db.add(Site(pilot=pilot, **columns))


def sign_off(db: Session, reader: Reader, approval: Approval | None) -> None:
    """The card of her pilot was checked by somebody named; None: it is not approved any more."""
    name, day = approval.checked(reader.zone) if approval else ("", None)
    count_change(db, reader.pilot)
    tables = own.tables_of(db, reader.pilot)
    checked_on = day.isoformat() if day else ""
    settings = {**tables.settings, "checked_on": checked_on, "signed_off_by": name}
    _keep(db, reader.pilot, replace(tables, settings=settings), reader.id)
