"""A pilot's own words, as they lie over the catalogues while its people's pages are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.i18n.languages import language
from companion.i18n.sentences import Sentence

Place = tuple[str, str, str, str]  # language, domain, context or "", message


@dataclass(frozen=True)
class Worded:
    """One text of a pilot's own: one form, or as many as its language has plurals."""

    forms: tuple[str, ...]
    is_draft: bool = False


@dataclass(frozen=True, eq=False)
class Wordings:
    """All of a pilot's, as they stood at its change `number`; a change makes new Wordings."""

    number: int = 0
    texts: Mapping[Place, Worded] = field(default_factory=dict)

    def find(self, sentence: Sentence, code: str, drafts: bool) -> str | None:
        """The pilot's words for a sentence in this language alone, if it has any."""
        if not self.texts:
            return None
        place = (code, sentence.domain, sentence.context or "", sentence.message)
        found = self.texts.get(place)
        if found is None or (found.is_draft and not drafts):
            return None
        if sentence.plural is None:
            return found.forms[0]
        form = language(code).form(sentence.count)
        return found.forms[form] if form < len(found.forms) else None

    def has_drafts(self, code: str) -> bool:
        return any(place[0] == code and text.is_draft for place, text in self.texts.items())


NO_WORDINGS = Wordings()
