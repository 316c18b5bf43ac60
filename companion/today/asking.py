"""Whether the person asking is to be spared: parts that cannot know it ask for it by name."""

from companion.people.asking import SignedIn
from companion.sessions.sparing import is_spared
from companion.web.params import Database


def provide_spared(db: Database, reader: SignedIn) -> bool:
    """After a loss: her own, or that of somebody she stands beside and who wants her spared."""
    return is_spared(db, reader)
