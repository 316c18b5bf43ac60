"""What is missing, out of step or broken in the catalogues."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from companion.i18n.catalogue_files import (
    forms_of,
    gather,
    is_safety,
    is_translated,
    read_catalogue,
    translated_languages,
)
from companion.i18n.catalogues import DOMAINS

PLACEHOLDER = re.compile(r"%\((\w+)\)s|%")


class CatalogueProblems(Exception):
    """What the check found, a line each."""


def check() -> None:
    """Raise CatalogueProblems for what is missing, out of step or broken in any catalogue."""
    problems = [
        f"{each.code}/{domain}: {problem}"
        for domain in DOMAINS
        for each in translated_languages()
        for problem in _problems(
            gather(domain), read_catalogue(each.code, domain), is_whole=each.drafted == "whole"
        )
    ]
    if problems:
        raise CatalogueProblems("\n".join([f"{len(problems)} problems", *problems]))


def _problems(template: Catalog, catalogue: Catalog, *, is_whole: bool = True) -> Iterator[str]:
    for message in template:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        if found is None:
            yield f"not in the catalogue: {_source(message)!r}"
        elif is_translated(found):
            yield from _problems_of(found, catalogue.num_plurals)
        elif is_whole:
            yield f"not translated: {_source(message)!r}"
        if found and not is_whole and found.fuzzy and is_translated(found) and is_safety(message):
            yield f"a safety text must not be drafted in this language: {_source(message)!r}"
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer said: {_source(message)!r}"


def _problems_of(message: Message, plurals: int) -> Iterator[str]:
    said = forms_of(message)
    if message.pluralizable and len(said) != plurals:
        yield f"{len(said)} plural forms instead of {plurals}: {_source(message)!r}"
    allowed = set(PLACEHOLDER.findall(" ".join(_ids(message))))
    for text in said:
        if not set(PLACEHOLDER.findall(text)) <= allowed:
            yield f"unknown placeholder in {text!r}"
        elif not message.pluralizable and set(PLACEHOLDER.findall(text)) != allowed:
            yield f"placeholder lost in {text!r}"


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def _source(message: Message) -> str:
    return _ids(message)[0]
