"""What there is to say: every message of Companion and of a pilot's own pack, with what a
translator needs to know of it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from babel.messages.catalog import Catalog, Message

from companion.i18n.catalogue_checks import PLACEHOLDER
from companion.i18n.catalogue_files import (
    forms_of,
    ids_of,
    is_safety,
    is_translated,
    read_catalogue,
    template,
)
from companion.i18n.catalogues import DOMAINS
from companion.i18n.toml_messages import SAFETY
from companion.people.reader import Reader
from companion.pilots.pack import pilot
from companion.pilots.pilot import Pilot
from companion.pilots.wordings import key_of
from companion.programmes.programme import Programme, own_programmes

Part = Literal["interface", "programme", "safety", "own"]
OWN = "pack"  # where a text stands that comes with the pilot's own pack
SHORT = 24  # characters: without a full stop, so long a text is a button or a label

# Where a page of a template can be looked at by whoever translates; and by a coordinator alone.
_PAGES = {
    "pilots/call.html": "/call",
    "people/more.html": "/more",
    "people/devices.html": "/devices",
    "people/name.html": "/name",
    "people/spare_key.html": "/spare-key",
    "people/leaving.html": "/leaving",
    "groups/join.html": "/join",
    "pilots/countries.html": "/countries",
    "web/base.html": "/more",
    "pilots/signs.toml": "/call",
}
_COORDINATORS_PAGES = _PAGES | {
    "groups/new.html": "/groups/new",
    "pilots/sites.html": "/sites",
    "reminders/reminders.html": "/reminders",
    "reminders/_coach.html": "/reminders",
}


@dataclass(frozen=True)
class Text:
    """One message: its English (two forms when it counts), where it stands, what it asks for."""

    key: str
    domain: str
    context: str
    ids: tuple[str, ...]
    part: Part
    places: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What the source says to translators, beside that a text is a safety text."""

    @property
    def counts(self) -> bool:
        return len(self.ids) > 1

    @property
    def placeholders(self) -> list[str]:
        found = dict.fromkeys(f"%({name})s" for name in PLACEHOLDER.findall(" ".join(self.ids)))
        return [each for each in found if each != "%()s"]

    @property
    def is_short(self) -> bool:
        return len(self.ids[0]) <= SHORT and not self.ids[0].endswith((".", "?", "!"))

    def page_for(self, reader: Reader) -> str | None:
        """The address of a page on which it stands, and that she may open."""
        pages = _COORDINATORS_PAGES if reader.is_coordinator else _PAGES
        return next((pages[each] for each in self.places if each in pages), None)


@dataclass(frozen=True)
class Source:
    """Where a pilot's texts come from beside Companion itself: its pack and its own programmes."""

    pilot: Pilot
    programmes: tuple[Programme, ...] = ()


def source_of(code: str) -> Source:
    return Source(pilot(code), tuple(own_programmes(code).values()))


def texts(code: str) -> Mapping[str, Text]:
    """All of a pilot's by their keys, in the order of the source."""
    return _all_texts(source_of(code))


def is_safety_text(code: str, key: str) -> bool:
    """Also what nobody knows here any more: it may be one."""
    found = texts(code).get(key)
    return found is None or found.part == "safety"


@lru_cache(maxsize=16)
def _all_texts(source: Source) -> Mapping[str, Text]:
    return {each.key: each for domain in DOMAINS for each in _texts(source, domain)}


@lru_cache(maxsize=16)
def messages_of(source: Source, domain: str) -> Catalog:
    """Every message of a domain, the pilot's own last. For reading."""
    own = [each for each in _own(source) if each[0] == domain]
    found = deepcopy(template(domain)) if own else template(domain)
    for _domain, message, comments in own:
        if found.get(message) is None:
            found.add(message, locations=[(OWN, 1)], auto_comments=comments)
    return found


def _own(source: Source) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Domain, message, and the comments that a translator is given."""
    pack = source.pilot
    for line in (*pack.numbers, *pack.help_lines):
        yield from (("companion", each, (SAFETY,)) for each in (line.label, line.note) if each)
    for group in pack.danger_signs:
        said = (group.title, *(sign.says for sign in group.signs))
        yield from (("companion", each, (SAFETY,)) for each in said)
    for programme in source.programmes:
        themes = (theme for session in programme.sessions for theme in session.themes)
        yield from (("programme", each, ()) for each in (programme.name, *themes))


def _texts(source: Source, domain: str) -> Iterator[Text]:
    for message in messages_of(source, domain):
        if message.id:
            yield Text(
                key_of_message(message, domain),
                domain,
                message.context or "",
                ids_of(message),
                _part(domain, message),
                _places(message),
                tuple(each for each in message.auto_comments if each != SAFETY),
            )


def key_of_message(message: Message, domain: str) -> str:
    return key_of(domain, message.context or "", ids_of(message)[0])


def _part(domain: str, message: Message) -> Part:
    if is_safety(message):
        return "safety"
    if (OWN, 1) in message.locations:
        return "own"
    return "programme" if domain == "programme" else "interface"


def _places(message: Message) -> tuple[str, ...]:
    names = (name for name, _line in message.locations)
    return tuple(each.removeprefix("templates/").removeprefix("companion/") for each in names)


@dataclass(frozen=True)
class Translated:
    """What the catalogue of a language has for a message."""

    forms: tuple[str, ...]
    is_reviewed: bool


@cache
def catalogue(code: str) -> Mapping[str, Translated]:
    """A language's catalogue by keys, both domains; read once, since it comes with Companion."""
    return {
        key_of_message(message, domain): Translated(forms_of(message), not message.fuzzy)
        for domain in DOMAINS
        for message in read_catalogue(code, domain)
        if message.id and is_translated(message)
    }
