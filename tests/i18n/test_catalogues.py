"""The catalogues: in step with the source, whole, unbroken, and honest about being drafts."""

import pytest
from babel.messages.catalog import Catalog

from companion.i18n import catalogue_checks as checks
from companion.i18n import catalogue_files as files
from companion.i18n.catalogues import DOMAINS
from companion.i18n.counts import BEGIN, END, table
from companion.i18n.languages import Language
from companion.i18n.toml_messages import SAFETY

TRANSLATED = files.translated_languages()


def test_every_catalogue_is_complete_and_in_step_with_the_source() -> None:
    checks.check()


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda each: each.code)
@pytest.mark.parametrize("domain", DOMAINS)
def test_what_no_named_person_has_reviewed_is_marked_as_a_draft(
    language: Language, domain: str
) -> None:
    catalogue = files.read_catalogue(language.code, domain)

    reviewed = [each.id for each in catalogue if files.is_translated(each) and not each.fuzzy]
    assert [message for message in reviewed if message] == []


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

    assert [each for each in checks._problems(template, catalogue) if problem in each]


def test_the_check_finds_missing_and_leftover_messages() -> None:
    template, catalogue = Catalog(), Catalog(locale="nl")
    template.add("New")
    catalogue.add("Old", "Oud")

    found = list(checks._problems(template, catalogue))

    assert found == ["not in the catalogue: 'New'", "no longer said: 'Old'"]


def test_the_check_counts_plural_forms() -> None:
    template, catalogue = Catalog(), Catalog(locale="ar")
    template.add(("%(count)s week", "%(count)s weeks"))
    catalogue.add(("%(count)s week", "%(count)s weeks"), ("أ", "ب"))

    assert "2 plural forms instead of 6" in next(iter(checks._problems(template, catalogue)))


def test_the_readme_says_how_far_each_language_is() -> None:
    readme = (files.ROOT / "README.md").read_text(encoding="utf-8")

    assert BEGIN + table() + END in readme


def test_safety_texts_are_not_drafted_where_a_language_is_drafted_in_part() -> None:
    template, catalogue = Catalog(), Catalog(locale="zu")
    template.add("You faint", auto_comments=[SAFETY])
    catalogue.add("You faint", "…", flags=["fuzzy"])

    found = list(checks._problems(template, catalogue, is_whole=False))

    assert found == ["a safety text must not be drafted in this language: 'You faint'"]


def test_a_language_drafted_in_part_may_have_gaps() -> None:
    template, catalogue = Catalog(), Catalog(locale="zu")
    template.add("Save")
    catalogue.add("Save", "")

    assert list(checks._problems(template, catalogue, is_whole=False)) == []
    assert list(checks._problems(template, catalogue)) == ["not translated: 'Save'"]
