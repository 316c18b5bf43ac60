"""What the translators wrote, as it is looked up while a page is drawn.

Two compiled files per language and domain: `*.mo` holds what a named person has reviewed,
`*.draft.mo` what is still a draft. What neither has falls back along the language's chain.
"""

import gettext
from functools import cache
from pathlib import Path

from companion.folders import folder
from companion.i18n.languages import SOURCE, language
from companion.i18n.pseudo import pseudo
from companion.i18n.sentences import Sentence

DOMAINS = ("companion", "programme")


def file_of(code: str, domain: str, ending: str) -> Path:
    return folder("locales") / code.replace("-", "_") / "LC_MESSAGES" / f"{domain}{ending}"


@cache
def _catalogue(code: str, domain: str, ending: str) -> gettext.NullTranslations | None:
    path = file_of(code, domain, ending)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


@cache
def has_drafts(code: str) -> bool:
    """Whether a reader of this language would be shown drafts."""
    return any(file_of(code, domain, ".draft.mo").exists() for domain in DOMAINS)


def look_up(sentence: Sentence, code: str, drafts: bool) -> tuple[str, str]:
    """The words for a sentence, and the code of the language that they are in."""
    for each in language(code).chain:
        for ending in (".mo", ".draft.mo") if drafts else (".mo",):
            if (found := _found(sentence, each, ending)) is not None:
                return found, each
    source = _source(sentence)
    return (pseudo(source), code) if language(code).pseudo else (source, SOURCE)


def _found(sentence: Sentence, code: str, ending: str) -> str | None:
    catalogue = _catalogue(code, sentence.domain, ending)
    if catalogue is None:
        return None
    message, context, plural = sentence.message, sentence.context, sentence.plural
    if plural is not None:
        # gettext hands the source back when it has nothing; a marker tells the two apart.
        found = catalogue.ngettext(message, plural, sentence.count)
        return None if found in (message, plural) and code != SOURCE else found
    found = catalogue.pgettext(context, message) if context else catalogue.gettext(message)
    return None if found == message and code != SOURCE else found


def _source(sentence: Sentence) -> str:
    return sentence.message if sentence.plural is None or sentence.count == 1 else sentence.plural
