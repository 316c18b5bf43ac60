"""What a text must not be, whoever wrote it and however it comes in."""

import re
from collections.abc import Iterator

from companion.i18n import Sentence, _
from companion.i18n.catalogue_checks import PLACEHOLDER

_LONGER, _SPARE = (
    4,
    60,
)  # a translation may be so many times its source, and so many characters more
_MARKUP = re.compile(r"</?[A-Za-z!]|&#?\w+;")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")


def problems(ids: tuple[str, ...], forms: tuple[str, ...]) -> Iterator[tuple[int, Sentence]]:
    """What is wrong with the forms of a message, and with which. `ids` is its English."""
    source = " ".join(ids)
    allowed = set(PLACEHOLDER.findall(source))
    for place, text in enumerate(forms):
        found = set(PLACEHOLDER.findall(text))
        if not found <= allowed or (len(ids) == 1 and found != allowed):
            yield place, _("Its placeholders must be those of the English.")
        if _MARKUP.search(text) and not _MARKUP.search(source):
            yield place, _("Write plain text, without markup.")
        if _UNSEEN.search(text):
            yield place, _("There are characters in it that nobody can see.")
        if len(text) > _LONGER * len(source) + _SPARE:
            yield place, _("It is much longer than the English.")
