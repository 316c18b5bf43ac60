"""Scripts and stylesheets travel without what only their readers need."""

from pathlib import Path

import pytest

from companion.folders import folder
from companion.web.assets import assets, thin

SCRIPTS = sorted((folder("static") / "js").glob("*.js"))


def test_comments_and_indents_of_a_script_stay_at_home() -> None:
    script = b'// Why.\n(() => {\n  // Who is harmed.\n  go("https://a.example"); // so\n})();\n'

    assert thin("js-a.js", script) == b'(() => {\ngo("https://a.example"); // so\n})();\n'


def test_comments_of_a_stylesheet_stay_at_home() -> None:
    assert thin("companion.css", b"/* Why:\n   so. */\n.a { b: c }\n") == b".a { b: c }\n"


def test_what_others_wrote_travels_as_it_is() -> None:
    for path in (folder("static") / "vendor").glob("*.js"):
        assert assets()[f"vendor-{path.name}"].plain == path.read_bytes()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_text_of_a_script_goes_over_lines(path: Path) -> None:
    """Its lines would lose what they begin with."""
    lines = path.read_text(encoding="utf-8").splitlines()

    assert not [line for line in lines if line.count("`") % 2 or "/*" in line]
