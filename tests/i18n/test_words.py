"""Sentences put into words: the reader's language, her values in it, nothing that could run."""

from datetime import date, time
from decimal import Decimal

import pytest
from markupsafe import Markup

from companion.i18n import Sentence, _, catalogues, language, one_or_many
from companion.i18n.formats import number
from companion.i18n.languages import negotiate, real_languages
from companion.i18n.words import Words


def _says(code: str, sentence: Sentence) -> str:
    return str(Words(language(code)).say(sentence))


@pytest.mark.parametrize(
    ("code", "written"), [("en", "68.5"), ("nl", "68,5"), ("fr", "68,5"), ("sq", "68,5")]
)
def test_numbers_have_the_languages_own_decimal_sign(code: str, written: str) -> None:
    assert number(Decimal("68.5"), language(code)) == written


def test_arabic_keeps_digits_that_everybody_can_compare() -> None:
    assert number(Decimal("68.5"), language("ar")) == "68.5"
    assert "26" in _says("ar", _("%(day)s, %(time)s", day=date(2026, 11, 26), time=time(10)))


def test_what_somebody_wrote_cannot_become_html() -> None:
    said = _says("en", _("You are %(name)s here.", name="<script>alert(1)</script>"))

    assert "<script>" not in said
    assert "&lt;script&gt;" in said


def test_a_translation_cannot_become_html_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "companion.i18n.words.look_up", lambda *_: ("<script>alert(1)</script>", "nl")
    )

    assert "<script>" not in _says("nl", _("Save"))


@pytest.mark.parametrize("broken", ["Hallo %(naam)s", "100 % zeker %(name)s", "%(name)d"])
def test_a_slip_in_a_translation_falls_back_to_the_source(
    monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr("companion.i18n.words.look_up", lambda *_: (broken, "nl"))

    assert _says("nl", _("You are %(name)s here.", name="Amina")) == "You are Amina here."


def test_a_name_that_runs_the_other_way_is_isolated() -> None:
    assert "\u2068أمينة\u2069" in _says("en", _("You are %(name)s here.", name="أمينة"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nl", "donderdag 26 november, 10:00"),
        ("pl", "czwartek, 26 listopada, 10:00"),
        ("tr", "26 Kasım Perşembe, 10:00"),
    ],
)
def test_a_translation_that_is_spelt_like_the_english_is_one(code: str, said: str) -> None:
    when = _("%(day)s, %(time)s", day=date(2026, 11, 26), time=time(10))

    assert _says(code, when) == said
    assert Words(language(code)).found_in(when) == code


def test_drafts_are_left_out_where_a_pilot_does_not_want_them() -> None:
    assert str(Words(language("nl"), drafts=False).say(_("Save"))) == "Save"
    assert str(Words(language("nl"), drafts=True).say(_("Save"))) != "Save"


@pytest.mark.parametrize(("count", "index"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 4), (100, 5)])
def test_arabic_has_its_six_plurals_in_order(count: int, index: int) -> None:
    catalogue = catalogues._catalogue("ar", "companion", ".draft.mo")

    assert catalogue
    assert catalogue.plural(count) == index  # type: ignore[attr-defined]


def test_a_count_says_one_and_many() -> None:
    said = [_says("en", one_or_many("%(count)s week", "%(count)s weeks", n)) for n in (0, 1, 2)]

    assert said == ["0 weeks", "1 week", "2 weeks"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("sq-XK,en;q=0.5", "sq"),
        ("de-AT,fr-BE;q=0.9,en;q=0.8", "de"),
        ("en;q=0.1,ar;q=0.9", "ar"),
        ("", "en"),
        ("*", "en"),
        ("xx;q=nonsense,nl", "nl"),
        ("nl;q=0", "en"),
        ("prs-AF,en;q=0.5", "fa-AF"),
        ("fa-IR", "fa-AF"),
        ("sr-XK", "sr-Cyrl"),
        ("sr-Latn-XK,sr;q=0.5", "sr-Latn"),
        ("kmr-TR", "ku"),
        ("tw-GH", "tw"),
        ("jv", "jv-SR"),
        ("ga,it", "en"),
    ],
)
def test_a_browser_gets_the_language_that_it_likes_best(header: str, code: str) -> None:
    assert negotiate(header, real_languages()).code == code


def test_the_pseudo_language_shows_what_is_not_translatable() -> None:
    said = Words(language("en-XA")).say(_("You are %(name)s here.", name="Amina"))

    assert said.startswith("[")
    assert "Amina" in said
    assert isinstance(said, Markup)
