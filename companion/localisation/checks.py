"""What a text must not be, whoever wrote it and however it comes in."""

import re
from collections.abc import Iterator

from companion.i18n import Sentence, _
from companion.i18n.catalogue_checks import has_lost_placeholder, has_unknown_placeholder

# A translation may be so many times as long as its source, and so many characters more.
_LONGER, _SPARE = 4, 60
_MARKUP = re.compile(r"</?[A-Za-z!]|&#?\w+;")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")


def problems(ids: tuple[str, ...], forms: tuple[str, ...]) -> Iterator[tuple[int, Sentence]]:
    """What is wrong with the forms of a message, and with which. `ids` is its English."""
    source = " ".join(ids)
    for place, text in enumerate(forms):
        if has_unknown_placeholder(ids, text) or has_lost_placeholder(ids, text):
            yield place, _("Its placeholders must be those of the English.")
        if _MARKUP.search(text) and not _MARKUP.search(source):
            yield place, _("Write plain text, without markup.")
        if _UNSEEN.search(text):
            yield place, _("There are characters in it that nobody can see.")
        if len(text) > _LONGER * len(source) + _SPARE:
            yield place, _("It is much longer than the English.")
