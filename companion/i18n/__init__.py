"""Languages: what is said, in whose language, and how numbers and days are written in it."""

from companion.i18n.languages import Language, language
from companion.i18n.sentences import Sentence, _, in_context, one_or_many, themed

__all__ = ["Language", "Sentence", "_", "in_context", "language", "one_or_many", "themed"]
