"""What is missing, out of step or broken in the catalogues."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from companion.i18n.catalogue_files import (
    forms_of,
    gather,
    ids_of,
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
            yield f"not in the catalogue: {ids_of(message)[0]!r}"
        elif is_translated(found):
            yield from _problems_of(found, catalogue.num_plurals)
        elif is_whole:
            yield f"not translated: {ids_of(message)[0]!r}"
        if found and not is_whole and found.fuzzy and is_translated(found) and is_safety(message):
            yield f"a safety text must not be drafted in this language: {ids_of(message)[0]!r}"
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer said: {ids_of(message)[0]!r}"


def _problems_of(message: Message, plurals: int) -> Iterator[str]:
    said = forms_of(message)
    if message.pluralizable and len(said) != plurals:
        yield f"{len(said)} plural forms instead of {plurals}: {ids_of(message)[0]!r}"
    for text in said:
        if has_unknown_placeholder(ids_of(message), text):
            yield f"unknown placeholder in {text!r}"
        elif has_lost_placeholder(ids_of(message), text):
            yield f"placeholder lost in {text!r}"


def has_unknown_placeholder(ids: tuple[str, ...], text: str) -> bool:
    """One that the English of a message does not have, or a bare percent sign."""
    return not set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(" ".join(ids)))


def has_lost_placeholder(ids: tuple[str, ...], text: str) -> bool:
    """A plural form may leave the number out; nothing else may be left out."""
    return len(ids) == 1 and not set(PLACEHOLDER.findall(ids[0])) <= set(PLACEHOLDER.findall(text))
