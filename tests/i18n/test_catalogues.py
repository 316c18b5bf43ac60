"""The catalogues: in step with the source, whole, unbroken, and honest about being drafts."""

import pytest
from babel.messages.catalog import Catalog

from companion.i18n import catalogue_files as files
from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import Language, real_languages

TRANSLATED = [each for each in real_languages() if each.code != "en"]


def test_every_catalogue_is_complete_and_in_step_with_the_source() -> None:
    files.check()


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda each: each.code)
@pytest.mark.parametrize("domain", DOMAINS)
def test_what_no_named_person_has_reviewed_is_marked_as_a_draft(
    language: Language, domain: str
) -> None:
    catalogue = files.read_catalogue(language.code, domain)

    assert [message.id for message in catalogue if message.id and not message.fuzzy] == []


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ("", "not translated"),
        ("Hallo", "placeholder lost"),
        ("Hallo %(naam)s %(name)s", "unknown placeholder"),
        ("100 % %(name)s", "unknown placeholder"),
    ],
)
def test_the_check_finds_what_is_broken(translation: str, problem: str) -> None:
    template, catalogue = Catalog(), Catalog(locale="nl")
    template.add("Hello %(name)s")
    catalogue.add("Hello %(name)s", translation)

    assert [each for each in files._problems(template, catalogue) if problem in each]


def test_the_check_finds_missing_and_leftover_messages() -> None:
    template, catalogue = Catalog(), Catalog(locale="nl")
    template.add("New")
    catalogue.add("Old", "Oud")

    found = list(files._problems(template, catalogue))

    assert found == ["not in the catalogue: 'New'", "no longer said: 'Old'"]


def test_the_check_counts_plural_forms() -> None:
    template, catalogue = Catalog(), Catalog(locale="ar")
    template.add(("%(count)s week", "%(count)s weeks"))
    catalogue.add(("%(count)s week", "%(count)s weeks"), ("أ", "ب"))

    assert "2 plural forms instead of 6" in next(iter(files._problems(template, catalogue)))
