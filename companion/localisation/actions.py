"""What is done with a pilot's words as files."""

from uuid import UUID

from sqlalchemy.orm import Session

from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import Language
from companion.localisation import po_in
from companion.localisation.po_out import catalogue_of
from companion.pilots.wordings import say


def look_into(db: Session, pilot: str, of: Language, content: bytes) -> po_in.Incoming:
    """What a PO file would change of a pilot's words. Raises po_in.Refused."""
    now = {domain: catalogue_of(db, pilot, of.code, domain) for domain in DOMAINS}
    return po_in.read(content, of, now)


def take_in(db: Session, pilot: str, incoming: po_in.Incoming, by_id: UUID | None = None) -> None:
    """The changes are the pilot's words from now on, in every process."""
    if incoming.changes:
        say(db, pilot, [each.saying for each in incoming.changes], by_id)
