"""Serbian in Cyrillic, letter for letter from Serbian in Latin script."""

import pytest

from companion.i18n.catalogue_files import forms_of, read_catalogue
from companion.i18n.cyrillic import cyrillic


@pytest.mark.parametrize(
    ("latin", "made"),
    [
        ("Četvrtak", "Четвртак"),
        ("Ljubav, njega, džep", "Љубав, њега, џеп"),
        ("LJUBAV NJEGA DŽEP", "ЉУБАВ ЊЕГА ЏЕП"),
        ("nadživeti, injekcija", "надживети, инјекција"),
        ("Zdravo, %(name)s!", "Здраво, %(name)s!"),
        ("Companion je na https://primer.rs/lj", "Companion је на https://primer.rs/lj"),
        ("37,5 °C i 5 kg", "37,5 °C и 5 kg"),
    ],
)
def test_letters_change_and_placeholders_and_names_stay(latin: str, made: str) -> None:
    assert cyrillic(latin) == made


@pytest.mark.parametrize("domain", ["companion", "programme"])
def test_what_nobody_reviewed_in_cyrillic_is_the_latin_text(domain: str) -> None:
    made, latin = read_catalogue("sr-Cyrl", domain), read_catalogue("sr-Latn", domain)
    drafts = [each for each in made if each.id and each.fuzzy]

    assert len(drafts) > 30
    for each in drafts:
        source = latin.get(each.id, each.context)
        assert source
        assert forms_of(each) == tuple(cyrillic(form) for form in forms_of(source))
