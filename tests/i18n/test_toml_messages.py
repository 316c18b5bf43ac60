"""What is translated in the data files reaches the catalogue, and nothing else does."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract

import companion
from companion.i18n.toml_messages import SAFETY, Extracted, extract_toml

FOLDER = Path(companion.__file__).parent


def extracted(text: str) -> list[Extracted]:
    return list(extract_toml(BytesIO(text.encode()), {}, [], {}))


def test_a_pack_gives_its_name_labels_and_notes() -> None:
    found = extracted(
        'name = "Ghana"\ncode = "gh"\n\n[[numbers]]\nlabel = "Ambulance"\nnumber = "193"\n'
        'note = "Try 112 first."\n'
    )

    assert found == [
        (1, "", "Ghana", []),
        (5, "", "Ambulance", [SAFETY]),
        (7, "", "Try 112 first.", [SAFETY]),
    ]


def test_danger_signs_ask_for_a_clinician() -> None:
    found = extracted(
        '[newborn]\ntitle = "Go now"\nabout = "child"\n'
        'signs = [\n  { says = "Blue", picture = "lips" },\n]\n'
    )

    assert found == [(2, "", "Go now", [SAFETY]), (5, "", "Blue", [SAFETY])]


def test_a_programme_gives_its_name_and_themes_each_time_they_come() -> None:
    found = extracted(
        'slug = "x"\nname = "Pregnancy group"\n'
        '[[sessions]]\nthemes = ["Labour that is early", "Labour"]\nchecks = ["weight"]\n'
        '[[sessions]]\nthemes = ["Labour"]\n'
    )

    assert [(line, message) for line, _, message, _ in found] == [
        (2, "Pregnancy group"),
        (4, "Labour that is early"),
        (4, "Labour"),
        (7, "Labour"),
    ]


def test_an_empty_text_is_nothing_to_translate() -> None:
    assert extracted('name = ""\nthemes = [""]\n') == []


def test_a_message_spelt_with_escapes_is_still_found() -> None:
    assert extracted('name = "Say \\"yes\\""\n') == [(1, "", 'Say "yes"', [])]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("p*/**/*.toml")), ids=lambda path: path.stem)
def test_every_message_stands_on_the_line_that_is_given(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    with path.open("rb") as file:
        found = list(extract_toml(file, {}, [], {}))

    assert found
    assert all(f'"{message}"' in lines[line - 1] for line, _, message, _ in found)


def test_babel_takes_the_messages_with_their_comments() -> None:
    with (FOLDER / "pilots" / "signs.toml").open("rb") as file:
        found = list(extract("companion.i18n.toml_messages:extract_toml", file))

    messages = {message: comments for _, message, comments, _ in found}
    assert messages["Your waters break"] == [SAFETY]
