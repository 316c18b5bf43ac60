"""The seven countries' packs are complete, and a broken one says where."""

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from companion.pilots import pack
from companion.pilots.pack import general_signs, pilot, pilots
from companion.pilots.pilot import Line, Pilot
from companion.pilots.tables import read_signs
from companion.programmes.programme import programmes
from companion.records import load

PACKS = Path(pack.__file__).parent / "packs"
CODES = sorted(path.stem for path in PACKS.glob("*.toml"))
UNVERIFIED = {
    "gh": {"0800800800", "0800900900", "8020"},
    "sr": {"113"},
    "be": {"1733"},
    "nl": {"09001701"},
}
REMINDERS_OF_A_LOSS = re.compile(
    r"pregnan|birth|born|bab(y|ies)|child|breast|womb|labour|waters|contraction|cord|milk|feed"
    r"|mother|parent|midwi|deliver",
    re.IGNORECASE,
)


def lines(of: Pilot) -> tuple[Line, ...]:
    return of.numbers + of.help_lines


def broken(tmp_path: Path, was: str, becomes: str) -> Path:
    """Ghana's pack with one thing wrong in it."""
    text = (PACKS / "gh.toml").read_text(encoding="utf-8")
    assert was in text
    path = tmp_path / "gh.toml"
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    return path


def test_there_are_seven_pilots_in_the_order_of_their_names() -> None:
    names = [each.name for each in pilots().values()]

    assert names == sorted(names)
    assert set(pilots()) == {"gh", "za", "sr", "xk", "be", "gb", "nl"}


def test_each_pilot_is_found_by_its_code() -> None:
    assert pilot("gh").name == "Ghana"
    assert pilot("nl").group_size == (10, 12)


def test_an_unknown_pilot_is_named_in_the_error() -> None:
    with pytest.raises(LookupError, match="no pilot with the code 'zz'") as caught:
        pilot("zz")

    assert not isinstance(caught.value, KeyError)


@pytest.mark.parametrize("code", CODES)
def test_its_time_zone_loads(code: str) -> None:
    assert ZoneInfo(pilot(code).zone).key == pilot(code).zone


@pytest.mark.parametrize("code", CODES)
def test_its_languages_are_tags_and_none_comes_twice(code: str) -> None:
    languages = pilot(code).languages

    assert len(set(languages)) == len(languages)
    assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", tag) for tag in languages)
    assert "en" in languages


@pytest.mark.parametrize("code", CODES)
def test_its_numbers_can_be_dialled(code: str) -> None:
    assert pilot(code).numbers
    assert all(re.fullmatch(r"[0-9*#][0-9*# -]*", line.number) for line in lines(pilot(code)))


@pytest.mark.parametrize("code", CODES)
def test_no_number_that_nobody_could_verify_is_in_it(code: str) -> None:
    dialled = {re.sub(r"[ -]", "", line.number) for line in lines(pilot(code))}

    assert not dialled & UNVERIFIED.get(code, set())


@pytest.mark.parametrize("code", CODES)
def test_the_programmes_it_names_exist(code: str) -> None:
    assert set(pilot(code).programmes) <= set(programmes())


@pytest.mark.parametrize("code", CODES)
def test_it_shows_signs_for_the_woman_and_for_the_child(code: str) -> None:
    about = {group.about for group in pilot(code).danger_signs}

    assert about == {"pregnancy", "her", "child"}


@pytest.mark.parametrize("code", CODES)
def test_nobody_has_signed_it_off_yet(code: str) -> None:
    assert not pilot(code).is_approved


def test_each_programme_is_offered_by_some_pilot() -> None:
    offered = {slug for each in pilots().values() for slug in each.programmes}

    assert offered == set(programmes())


def test_the_week_begins_on_sunday_in_south_africa_only() -> None:
    assert [code for code in CODES if pilot(code).first_day == 6] == ["za"]


def test_units_follow_the_country() -> None:
    millimoles = {code for code in CODES if pilot(code).units["glucose"] == "mmol/L"}

    assert millimoles == {"gb", "nl", "za"}
    assert [code for code in CODES if pilot(code).units["haemoglobin"] == "mmol/L"] == ["nl"]


def test_suriname_says_how_an_ambulance_is_reached() -> None:
    assert "ambulance" in pilot("sr").numbers[0].note


def test_a_line_that_takes_text_messages_is_not_for_calling() -> None:
    by_text = [line.number for code in CODES for line in lines(pilot(code)) if line.by == "text"]

    assert by_text == ["85258"]


def test_the_general_signs_say_nothing_of_a_pregnancy_or_a_baby() -> None:
    signs = general_signs()

    assert signs.about == "anyone"
    assert len(signs.signs) > 10
    texts = [signs.title, *(sign.says for sign in signs.signs)]
    assert not [text for text in texts if REMINDERS_OF_A_LOSS.search(text)]


def test_the_general_signs_are_the_same_words_as_after_a_birth() -> None:
    after_birth = next(group for group in pilot("gh").danger_signs if group.key == "after-birth")

    assert set(general_signs().signs) < set(after_birth.signs)


def test_a_pack_is_approved_once_somebody_signs_and_dates_it(tmp_path: Path) -> None:
    path = broken(
        tmp_path,
        'checked_on = ""\nsigned_off_by = ""',
        'checked_on = "2027-01-31"\nsigned_off_by = "Chipo Banda, midwife"',
    )

    assert pack.read(path).checked_on == date(2027, 1, 31)
    assert pack.read(path).is_approved


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('code = "gh"', 'code = "nl"', "gh.toml: code must be 'gh'"),
        ('code = "gh"', 'code = "gh"\nflag = "x"', "gh.toml: flag is not a known field"),
        ('zone = "Africa/Accra"\n', "", "gh.toml: zone must be given"),
        ("Africa/Accra", "Africa/Nowhere", "gh.toml: zone must be a time zone"),
        ('"monday"', '"someday"', "gh.toml: first_day must be 'monday' or 'sunday'"),
        ("[10, 14]", "[14, 10]", "gh.toml: group_size must be two whole numbers"),
        ("[10, 14]", '"ten"', "gh.toml: group_size must be given, as list"),
        ('"mg/dL"', '"mg/L"', "gh.toml, units: glucose must be 'mmol/L' or 'mg/dL'"),
        ('"after-birth"', '"teeth"', "gh.toml: danger_signs names 'teeth'"),
        ('number = "112"', "number = 112", "gh.toml, numbers 1: number must be given, as str"),
        ('number = "112"', 'numbre = "112"', "gh.toml, numbers 1: number must be given"),
        ("help_lines = []", 'help_lines = ["8020"]', "gh.toml, help_lines 1: must be a table"),
        ('checked_on = ""', 'checked_on = "soon"', "gh.toml: checked_on must be empty or a day"),
        ('languages = ["en", ', "languages = [1, ", "gh.toml: languages must be a list of texts"),
        ('name = "Ghana"', 'name = ""', "gh.toml: name must not be empty"),
        ('name = "Ghana"', "name = Ghana", "gh.toml: Invalid value"),
    ],
)
def test_a_malformed_pack_names_the_file_and_the_field(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        pack.read(broken(tmp_path, was, becomes))


def test_malformed_danger_signs_name_the_group_and_the_field(tmp_path: Path) -> None:
    path = tmp_path / "signs.toml"
    path.write_text('[newborn]\ntitle = "Go now"\nabout = "him"\nsigns = ["Blue"]\n')

    with pytest.raises(ValueError, match=r"signs\.toml, newborn: about must be"):
        read_signs(load(path), path.name)
