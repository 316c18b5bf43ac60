"""The programmes are complete, and a broken one says where."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from companion.programmes import programme as module
from companion.programmes.programme import programme, programmes, read

FOLDER = Path(module.__file__).parent
SLUGS = sorted(path.stem for path in FOLDER.glob("*.toml"))
HERS = {
    "blood-pressure",
    "weight",
    "urine-protein",
    "urine-glucose",
    "haemoglobin",
    "fundal-height",
    "fetal-heart-rate",
    "movements",
    "temperature",
    "glucose",
    "hba1c",
    "mood",
}
THE_CHILDS = {"child-weight", "child-length", "head-circumference", "child-temperature", "feeding"}


def broken(tmp_path: Path, was: str, becomes: str) -> Path:
    """The diabetes programme with one thing wrong in it."""
    text = (FOLDER / "diabetes.toml").read_text(encoding="utf-8")
    assert was in text
    path = tmp_path / "diabetes.toml"
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("slug", "sessions"),
    [
        ("centering-pregnancy", 10),
        ("pregnancy-nl", 10),
        ("pregnancy-xk", 9),
        ("centering-parenting", 8),
        ("postnatal-uk", 3),
        ("diabetes", 6),
    ],
)
def test_it_has_the_sessions_that_are_published(slug: str, sessions: int) -> None:
    assert [session.number for session in programmes()[slug].sessions] == [*range(1, sessions + 1)]


def test_programmes_come_in_the_order_of_their_slugs() -> None:
    assert list(programmes()) == SLUGS


def test_an_unknown_programme_is_named_in_the_error() -> None:
    with pytest.raises(LookupError, match="no programme called 'knitting'"):
        programme("knitting", "nl")


@pytest.mark.parametrize("slug", SLUGS)
def test_each_session_asks_only_for_what_can_be_measured(slug: str) -> None:
    for session in programmes()[slug].sessions:
        assert set(session.checks) <= HERS
        assert set(session.child_checks) <= THE_CHILDS


@pytest.mark.parametrize("slug", SLUGS)
def test_each_session_has_a_theme_and_lasts_two_hours(slug: str) -> None:
    assert all(session.themes and session.minutes == 120 for session in programmes()[slug].sessions)


@pytest.mark.parametrize("slug", SLUGS)
def test_themes_are_in_sentence_case(slug: str) -> None:
    themes = [theme for session in programmes()[slug].sessions for theme in session.themes]

    assert all(re.fullmatch(r"[A-Z][a-z ,']+", theme) for theme in themes)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_session_is_due_before_the_one_before_it(slug: str) -> None:
    for earlier, later in pairwise(programmes()[slug].sessions):
        if earlier.anchor == later.anchor:
            assert earlier.from_week < later.from_week
            assert earlier.to_week < later.to_week


def test_in_pregnancy_women_always_take_their_own_blood_pressure_and_weight() -> None:
    sessions = [s for each in programmes().values() for s in each.sessions]

    for session in sessions:
        if session.anchor == "pregnancy":
            assert {"blood-pressure", "weight"} <= set(session.checks)


def test_after_the_birth_parents_weigh_and_measure_the_baby() -> None:
    sessions = [s for each in programmes().values() for s in each.sessions]

    for session in sessions:
        if session.anchor == "birth":
            assert {"child-weight", "child-length"} <= set(session.child_checks)


def test_the_dutch_group_meets_once_more_after_the_births() -> None:
    anchors = [session.anchor for session in programmes()["pregnancy-nl"].sessions]

    assert anchors == ["pregnancy"] * 9 + ["birth"]


def test_a_session_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('slug = "x"\nname = "X"\nabout = "diabetes"\nsessions = [1]\n')

    with pytest.raises(ValueError, match=r"x\.toml, session 1: must be a table"):
        read(path)


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('slug = "diabetes"', 'slug = "sugar"', "diabetes.toml: slug must be 'diabetes'"),
        ('about = "diabetes"', 'about = "feet"', "diabetes.toml: about must be 'pregnancy' or"),
        ("number = 2", "number = 3", "diabetes.toml, session 2: number must be 2"),
        ('anchor = "start"', 'anchor = "end"', "diabetes.toml, session 1: anchor must be"),
        ("from_week = 2", "from_week = 3", "diabetes.toml, session 2: to_week must be from"),
        ("minutes = 120", "minutes = 0", "diabetes.toml, session 1: minutes must be from"),
        ("minutes = 120", "minutes = true", "diabetes.toml, session 1: minutes must be given"),
        ("minutes = 120", "hours = 2", "diabetes.toml, session 1: hours is not a known field"),
        ("child_checks = []", "child_checks = [1]", "session 1: child_checks must be a list"),
        ('slug = "diabetes"', "slug = diabetes", "diabetes.toml: Invalid value"),
    ],
)
def test_a_malformed_programme_names_the_file_and_the_field(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        read(broken(tmp_path, was, becomes))
