"""A pilot's own words, as they lie over the catalogues while its people's pages are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

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

    @cached_property
    def codes(self) -> frozenset[str]:
        """The languages in which the pilot says anything of its own."""
        return frozenset(code for code, *_ in self.texts)

    @cached_property
    def drafted(self) -> frozenset[str]:
        """Those in which some of that is not reviewed."""
        return frozenset(code for (code, *_), text in self.texts.items() if text.is_draft)


NO_WORDINGS = Wordings()
