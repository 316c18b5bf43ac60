"""What the translators wrote, as it is looked up while a page is drawn.

Two compiled files per language and domain: `*.mo` holds what a named person has reviewed,
`*.draft.mo` what is still a draft. A pilot's own wordings lie over both. What none of them has
falls back along the language's chain. A file is read when its first sentence is asked for.
"""

import gettext
from functools import cache
from pathlib import Path

from companion.folders import folder
from companion.i18n.languages import SOURCE, language
from companion.i18n.pseudo import pseudo
from companion.i18n.sentences import Sentence
from companion.i18n.wordings import NO_WORDINGS, Wordings

DOMAINS = ("companion", "programme")
ABSENT = "\ufdef"  # no text: a noncharacter


def file_of(code: str, domain: str, ending: str) -> Path:
    return folder("locales") / code.replace("-", "_") / "LC_MESSAGES" / f"{domain}{ending}"


class _Absent(gettext.NullTranslations):
    """Says that a message is not there. gettext's own way, to hand the English back, looks the same
    as a translation that is spelt like the English."""

    def gettext(self, message: str) -> str:
        return ABSENT

    def pgettext(self, context: str, message: str) -> str:
        return ABSENT

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ABSENT


@cache
def _catalogue(code: str, domain: str, ending: str) -> gettext.NullTranslations | None:
    path = file_of(code, domain, ending)
    if not path.exists():
        return None
    with path.open("rb") as file:
        found = gettext.GNUTranslations(file)
    found.add_fallback(_Absent())
    return found


@cache
def has_drafts(code: str) -> bool:
    """Whether a reader of this language would be shown drafts."""
    return any(file_of(code, domain, ".draft.mo").exists() for domain in DOMAINS)


@cache
def has_words(code: str, drafts: bool) -> bool:
    """Whether a reader of this language would find any of it."""
    endings = (".mo", ".draft.mo") if drafts else (".mo",)
    files = (file_of(code, domain, ending) for domain in DOMAINS for ending in endings)
    return code == SOURCE or any(file.exists() for file in files)


def look_up(
    sentence: Sentence, code: str, drafts: bool, wordings: Wordings = NO_WORDINGS
) -> tuple[str, str]:
    """The words for a sentence, and the code of the language that they are in."""
    for each, catalogues in _places(code, sentence.domain, drafts):
        if (own := wordings.find(sentence, each, drafts)) is not None:
            return own, each
        for catalogue in catalogues:
            if (found := _found(sentence, catalogue)) is not ABSENT:
                return found, each
    source = source_of(sentence)
    return (pseudo(source), code) if language(code).pseudo else (source, SOURCE)


@cache
def _places(
    code: str, domain: str, drafts: bool
) -> tuple[tuple[str, tuple[gettext.NullTranslations, ...]], ...]:
    """Where to look, in order: the languages of the chain, each with the files that it has."""
    endings = (".mo", ".draft.mo") if drafts else (".mo",)
    return tuple(
        (each, tuple(file for ending in endings if (file := _catalogue(each, domain, ending))))
        for each in language(code).chain
    )


def _found(sentence: Sentence, catalogue: gettext.NullTranslations) -> str:
    message, context, plural = sentence.message, sentence.context, sentence.plural
    if plural is not None:
        return catalogue.ngettext(message, plural, sentence.count)
    return catalogue.pgettext(context, message) if context else catalogue.gettext(message)


def source_of(sentence: Sentence) -> str:
    """The English in which the sentence was written."""
    return sentence.message if sentence.plural is None or sentence.count == 1 else sentence.plural
