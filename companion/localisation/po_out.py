"""A pilot's words as gettext PO: the catalogue with the pilot's own wordings in their places.

Plain PO, one file per language and domain, with the comments, contexts and plurals of the source,
as Weblate, Poedit and msgfmt take it. What nobody has reviewed is `fuzzy`.
"""

from copy import deepcopy

from babel.messages.catalog import Catalog, Message
from sqlalchemy.orm import Session

from companion.i18n.catalogue_files import po_bytes, read_catalogue
from companion.i18n.languages import SOURCE
from companion.localisation.texts import Source, key_of_message, messages_of, source_of
from companion.pilots.wordings import Saying, current


def exported(db: Session, pilot: str, code: str, domain: str) -> bytes:
    """The file, in UTF-8. In the source language it holds the pilot's own wordings alone."""
    return po_bytes(catalogue_of(db, source_of(pilot), code, domain), code, domain)


def catalogue_of(db: Session, source: Source, code: str, domain: str) -> Catalog:
    """Every message of the source with what the pilot's people read for it in this language, but
    for what falls back."""
    catalogue = read_catalogue(code, domain)
    catalogue.update(deepcopy(messages_of(source, domain)), no_fuzzy_matching=True)
    if code == SOURCE:
        catalogue.fuzzy = False
    pilot = source.pilot.code
    sayings = {each.key: each for each in current(db, pilot, code) if each.domain == domain}
    for message in catalogue:
        if message.id and (own := sayings.get(key_of_message(message, domain))):
            _put(message, own)
    return catalogue


def _put(message: Message, own: Saying) -> None:
    message.string = own.forms if message.pluralizable else own.forms[0]
    message.flags.discard("fuzzy")
    if not own.is_reviewed:
        message.flags.add("fuzzy")
    if own.note:
        message.user_comments = own.note.splitlines()
