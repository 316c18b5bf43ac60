"""The packs that pilots' people took in, as this process knows them."""

import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from companion.packs.models import OwnPack
from companion.packs.tables import (
    Tables,
    read_drawings,
    read_own_pilot,
    read_own_programmes,
    read_own_signs,
)
from companion.pilots import pack
from companion.pilots.pilot import Pilot
from companion.programmes import programme
from companion.programmes.programme import Programme

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Own:
    """A pilot and the programmes of its own."""

    pilot: Pilot
    programmes: dict[str, Programme]


def read(code: str, tables: Tables) -> Own:
    """Raises ValueError for what is not a pack."""
    drawings, programmes = read_drawings(tables), dict(read_own_programmes(tables))
    groups = read_own_signs(tables, drawings)
    return Own(read_own_pilot(code, tables, groups, programmes, drawings), programmes)


def know(db: Session, code: str) -> None:
    """This process knows the pilot as it is now."""
    row = db.execute(_tables().where(OwnPack.pilot == code)).one_or_none()
    own = _readable(code, Tables(*row)) if row else None
    pack.use_own(code, own.pilot if own else None)
    programme.use_own(code, own.programmes if own else {})


def know_all(db: Session) -> None:
    """For what is done without anybody asking."""
    for code in db.scalars(select(OwnPack.pilot)).all():
        know(db, code)


def _readable(code: str, tables: Tables) -> Own | None:
    """A pack of an earlier Companion that this one cannot read must not cost people their pages."""
    try:
        return read(code, tables)
    except ValueError:
        log.exception("the own pack of %s cannot be read", code)
        return None


def _tables() -> Select[*tuple[Any, ...]]:
    return select(OwnPack.settings, OwnPack.signs, OwnPack.programmes, OwnPack.drawings)


def tables_of(db: Session, code: str) -> Tables:
    """As they are now; all empty where everything is as it comes."""
    row = db.execute(_tables().where(OwnPack.pilot == code)).one_or_none()
    return Tables(*row) if row else Tables()
