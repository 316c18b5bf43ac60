"""What is heard on the pages of parts that cannot know recordings: they ask for it by name."""

from collections.abc import Callable
from functools import partial

from companion.i18n.words import Words
from companion.recordings import actions
from companion.sessions.models import Topic
from companion.web.params import Database


def provide_topic_heard(db: Database) -> Callable[[Topic], dict[str, str]]:
    """By language, of a topic that may be read."""
    return partial(actions.heard_of_topic, db)


def provide_signs_heard(db: Database) -> Callable[[str, Words], dict[str, str]]:
    """By the English text of the sign, of a pilot and in somebody's words."""

    return partial(actions.heard_on_card, db)
