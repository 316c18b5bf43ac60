"""Scripts and stylesheets travel without what only their readers need."""

from companion.folders import folder
from companion.web.assets import assets, thin


def test_comments_and_names_within_a_script_stay_at_home() -> None:
    script = (
        b'// Why.\n(() => {\n  const long = "https://a.example"; // so\n  go(long, long);\n})();\n'
    )

    assert thin("js-a.js", script) == b'(()=>{const e="https://a.example";go(e,e)})()'


def test_a_script_is_made_no_newer_than_the_browsers_that_we_promise() -> None:
    assert b"||=" not in thin("js-a.js", b"a.b = a.b || c(); a.b || (a.b = c());")


def test_comments_of_a_stylesheet_stay_at_home() -> None:
    assert thin("companion.css", b"/* Why:\n   so. */\n.a { b: c }\n") == b".a { b: c }\n"


def test_what_others_wrote_travels_as_it_is() -> None:
    for path in (folder("static") / "vendor").glob("*.js"):
        assert assets()[f"vendor-{path.name}"].plain == path.read_bytes()
