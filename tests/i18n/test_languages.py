"""Each language as its record has it, and the gaps of Babel's data that the records fill."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from companion.i18n import formats, language
from companion.i18n.languages import Language, languages, negotiate, real_languages
from companion.pilots.pack import pilot, pilots

THURSDAY = date(2026, 3, 5)
ALL = pytest.mark.parametrize("of", real_languages(), ids=lambda each: each.code)

# All that are spoken where the pilots are.
ASKED = """en nl fr de ak tw fat ee gaa dag ha zu xh af nso st tn ts ve ss nr srn hns jv-SR
           sq sr-Latn sr-Cyrl bs tr rom ar ti so fa-AF ps uk ru ku pl ro bn syl ur es pt"""


def test_every_language_of_the_seven_pilots_has_a_record() -> None:
    assert {each.code for each in real_languages()} == set(ASKED.split())


@ALL
def test_a_record_is_whole(of: Language) -> None:
    assert of.endonym
    assert of.direction in ("ltr", "rtl")
    assert of.chain[0] == of.code
    assert of.chain[-1] == "en"
    assert set(of.chain) <= set(languages())
    assert of.locale.months["format"]["wide"][12]


@ALL
def test_a_day_is_written_with_its_number_before_its_month_and_its_year_last(of: Language) -> None:
    full = formats.full_day(THURSDAY, of)

    assert full.index("5") < full.index("2026")
    assert not full.startswith("2026")
    assert "5" in formats.day(THURSDAY, of)
    assert "2026" not in formats.day(THURSDAY, of)


@pytest.mark.parametrize(
    ("code", "day", "full"),
    [
        ("de", "Donnerstag, 5. März", "5. März 2026"),
        ("tw", "Yawoada 5 Ɔbɛnem", "5 Ɔbɛnem 2026"),
        ("zu", "ULwesine 5 Mashi", "5 Mashi 2026"),
        ("st", "Labone 5 Hlakubele", "5 Hlakubele 2026"),
        ("srn", "donderdag 5 maart", "5 maart 2026"),
        ("sq", "e enjte, 5 mars", "5 mars 2026"),
        ("sr-Latn", "četvrtak, 5. mart", "5. mart 2026."),
        ("sr-Cyrl", "четвртак, 5. март", "5. март 2026."),
        ("tr", "5 Mart Perşembe", "5 Mart 2026"),
        ("ar", "الخميس 5 مارس", "5 مارس 2026"),
        ("ti", "ሓሙስ፣ 5 መጋቢት", "5 መጋቢት 2026"),
        ("fa-AF", "پنجشنبه 5 مارچ", "5 مارچ 2026"),
        ("ku", "pêncşem, 5ê adara", "5ê adara 2026an"),
        ("uk", "четвер, 5 березня", "5 березня 2026 р."),
        ("es", "jueves, 5 de marzo", "5 de marzo de 2026"),
    ],
)
def test_days_are_written_as_the_language_writes_them(code: str, day: str, full: str) -> None:
    assert formats.day(THURSDAY, language(code)) == day
    assert formats.full_day(THURSDAY, language(code)) == full


@pytest.mark.parametrize(
    ("code", "month"),
    [("pl", "marzec 2026"), ("uk", "березень 2026"), ("ru", "март 2026"), ("sr-Latn", "mart 2026"),
     ("tn", "Mopitlo 2026"), ("ar", "مارس 2026"), ("ku", "adar 2026"), ("pt", "março 2026")],
)  # fmt: skip
def test_a_month_without_a_day_has_its_own_form(code: str, month: str) -> None:
    assert formats.month(THURSDAY, language(code)) == month


def test_what_one_language_is_asked_changes_nothing_for_another() -> None:
    """Babel 2.18 shares what it has resolved: stand-alone months of languages that lack them are
    those of whichever language was read before."""
    program = """
from datetime import date
from companion.i18n import formats
from companion.i18n.languages import real_languages
forms = (formats.day, formats.full_day, formats.short_day, formats.month, formats.short_month,
         formats.weekday)
for of in real_languages()[::%d]:
    for month in range(1, 13):
        for form in forms:
            print(of.code, month, form.__name__, form(date(2026, month, month + 3), of))
"""
    said = [
        subprocess.run(
            [sys.executable, "-c", program % step], capture_output=True, check=True, text=True
        ).stdout.splitlines()
        for step in (1, -1)
    ]

    assert len(said[0]) == 45 * 12 * 6
    assert sorted(said[0]) == sorted(said[1])


def test_right_to_left_is_what_is_written_so() -> None:
    assert {each.code for each in real_languages() if each.direction == "rtl"} == {
        "ar", "fa-AF", "ps", "ur",
    }  # fmt: skip


COMMA = """nl fr de af sq sr-Latn sr-Cyrl bs tr uk ru pl ro ts ve ss nr ps ku es pt
           srn hns jv-SR rom"""


@ALL
def test_the_decimal_sign_is_the_languages_own(of: Language) -> None:
    assert formats.number(Decimal("68.5"), of) == ("68,5" if of.code in COMMA.split() else "68.5")


@ALL
def test_digits_and_calendar_are_the_same_for_all(of: Language) -> None:
    """As on the devices that people read from: no 1404, no ۶۸."""
    assert formats.number(1234567890, of) == "1234567890"
    assert "2026" in formats.full_day(THURSDAY, of)


def test_a_record_may_ask_for_other_digits() -> None:
    dari = replace(language("fa-AF"), digits="۰۱۲۳۴۵۶۷۸۹")

    assert formats.number(Decimal("68.5"), dari) == "۶۸.۵"


@ALL
def test_every_zone_of_a_pilot_has_a_place_in_every_language(of: Language) -> None:
    """Babel 2.18 has no names of places for seven languages of South Africa."""
    for code in pilots():
        assert formats.zone_place(pilot(code).zone, of.code)


def test_a_place_is_called_as_the_language_calls_it() -> None:
    places = [
        formats.zone_place("Europe/Brussels", code) for code in ("nl", "fr", "ar", "zu", "st")
    ]

    assert places[:3] == ["Brussel", "Bruxelles", "بروكسل"]
    assert places[4] == "Brussels"


def test_twi_looks_for_akan_and_then_for_english() -> None:
    assert language("tw").chain == ("tw", "ak", "en")
    assert language("tw").locale.language == "ak"


def test_sylheti_reads_bengali_and_suriname_reads_dutch() -> None:
    assert language("syl").chain == ("syl", "bn", "en")
    assert {language(code).chain[1] for code in ("srn", "hns", "jv-SR")} == {"nl"}


def test_dari_is_found_under_the_names_that_phones_have_for_it() -> None:
    for header in ("prs", "prs-AF", "fa-AF", "fa-IR;q=0.5"):
        assert negotiate(header, real_languages()).code == "fa-AF"


def test_the_weeks_first_day_comes_from_the_country_and_never_from_the_language() -> None:
    assert {code: pilot(code).first_day for code in pilots()} == {
        "be": 0, "gb": 0, "gh": 0, "nl": 0, "sr": 0, "xk": 0, "za": 6,
    }  # fmt: skip
    assert not {"first_day", "week"} & set(vars(language("fa-AF")))
