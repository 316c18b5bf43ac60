"""A pilot's own words, put where its coordinators would put them."""

from companion.db import Database
from companion.pilots.wordings import Saying, say


def said(
    text: str, *forms: str, code: str = "en", domain: str = "companion", is_reviewed: bool = True
) -> Saying:
    return Saying(code, domain, "", text, forms, is_reviewed)


def put(database: Database, *sayings: Saying, pilot: str = "nl") -> None:
    with database.writing.begin() as db:
        say(db, pilot, sayings)
