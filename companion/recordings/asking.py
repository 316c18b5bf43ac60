"""What is heard on the pages of parts that cannot know recordings: they ask for it by name."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from companion.recordings import actions
from companion.web.params import Database


def provide_topic_heard(db: Database) -> Callable[[UUID], dict[str, str]]:
    """By language, of a topic that may be read."""

    def heard(topic_id: UUID) -> dict[str, str]:
        found = actions.of_topic(db, topic_id)
        return {language: made.address for language, made in found.items()}

    return heard


def provide_signs_heard(db: Database) -> Callable[[str, str], dict[str, str]]:
    """By the English text of the sign, of a pilot and in a language."""

    return partial(actions.heard_on_card, db)
