"""How each language counts: which of its forms goes with 0, 1, 2, 3, 5, 11, 21, 100 and 1.5."""

from decimal import Decimal

import pytest
from babel.messages.plurals import PLURALS

from companion.i18n import catalogue_files, language
from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import Language, real_languages

COUNTED: list[int | Decimal] = [0, 1, 2, 3, 5, 11, 21, 100, Decimal("1.5")]

ONE_AND_OTHER = [1, 0, 1, 1, 1, 1, 1, 1, 1]
ZERO_TOO = [0, 0, 1, 1, 1, 1, 1, 1, 1]
SERBIAN = [2, 0, 1, 1, 2, 2, 0, 2, 2]
RUSSIAN = [2, 0, 1, 1, 2, 2, 0, 2, 1]
FORMS = {
    "ar": [0, 1, 2, 3, 3, 4, 4, 5, 5],
    "bs": SERBIAN,
    "fr": [0, 0, 1, 1, 1, 1, 1, 1, 0],
    "pl": [2, 0, 1, 1, 2, 2, 2, 2, 1],
    "ro": [1, 0, 1, 1, 1, 1, 2, 2, 1],
    "ru": RUSSIAN,
    "sr-Cyrl": SERBIAN,
    "sr-Latn": SERBIAN,
    "uk": RUSSIAN,
    **dict.fromkeys(["ak", "tw", "fat", "zu", "nso", "ti", "fa-AF", "bn", "syl"], ZERO_TOO),
}


@pytest.mark.parametrize("of", real_languages(), ids=lambda each: each.code)
def test_every_language_counts_in_its_own_forms(of: Language) -> None:
    assert [of.form(number) for number in COUNTED] == FORMS.get(of.code, ONE_AND_OTHER)


# CLDR 47 has no plurals for Ga; the others read their days in a neighbour's language.
NOT_IN_CLDR = ("gaa", "dag", "srn", "hns", "jv-SR", "rom")
IN_CLDR = [each for each in real_languages() if each.code not in NOT_IN_CLDR]


@pytest.mark.parametrize("of", IN_CLDR, ids=lambda each: each.code)
def test_whole_numbers_of_one_category_of_cldr_take_one_form(of: Language) -> None:
    forms: dict[str, set[int]] = {}
    for number in range(200):
        forms.setdefault(of.locale.plural_form(number), set()).add(of.form(number))

    assert {category: len(found) for category, found in forms.items()} == dict.fromkeys(forms, 1)


@pytest.mark.parametrize("of", catalogue_files.translated_languages(), ids=lambda each: each.code)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_catalogue_says_its_languages_rule(of: Language, domain: str) -> None:
    catalogue = catalogue_files.read_catalogue(of.code, domain)

    assert (catalogue.num_plurals, catalogue.plural_expr) == of.plurals


def test_arabic_is_in_weblates_order_and_not_in_babels() -> None:
    weblate = language("ar")
    babel = PLURALS["ar"]

    assert [weblate.form(n) for n in (11, 99, 100, 102)] == [4, 4, 5, 5]
    assert babel[0] == weblate.plurals[0] == 6
    assert babel[1] != weblate.plurals[1]


def test_translators_are_told_what_each_form_counts() -> None:
    assert language("uk").counted() == [(1, 21, 31, 41), (2, 3, 4, 22), (0, 5, 6, 7)]
    assert language("ar").counted()[4:] == [(11, 12, 13, 14), (100, 101, 102)]
    assert language("nl").counted() == [(1,), (0, 2, 3, 4)]
