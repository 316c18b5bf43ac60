"""What is said in another language than the page's is marked, where a mark may stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from companion.i18n.marks import marked, with_languages
from companion.web.typed import clean

SAVE = str(marked(Markup("Save"), "en"))


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [
        (f"<p>{SAVE}</p>", '<p><span lang="en" dir="ltr">Save</span></p>'),
        (f'<input aria-label="{SAVE}"><b>x</b>', '<input aria-label="Save"><b>x</b>'),
        (f"<option>{SAVE}</option>", "<option>Save</option>"),
        (f"<svg><title>{SAVE}</title>{SAVE}</svg>", "<svg><title>Save</title>Save</svg>"),
        (
            f"<title>{SAVE}</title>{SAVE}",
            '<title>Save</title><span lang="en" dir="ltr">Save</span>',
        ),
        ("<p>x</p>", "<p>x</p>"),
    ],
)
def test_a_mark_becomes_an_element_only_where_one_may_stand(drawn: str, shown: str) -> None:
    assert with_languages(drawn, "ar") == shown


def test_the_direction_is_said_only_where_it_turns() -> None:
    assert with_languages(f"<p>{SAVE}</p>", "tw") == '<p><span lang="en">Save</span></p>'


def test_marks_within_marks_close_in_order() -> None:
    inner = marked(Markup("e enjte"), "sq")
    outer = marked(Markup(f"On {inner}."), "en")

    assert with_languages(f"<p>{outer}</p>", "rom") == (
        '<p><span lang="en">On <span lang="sq">e enjte</span>.</span></p>'
    )


def test_nobody_can_type_a_mark() -> None:
    assert clean("a\ufdd0en\ufdd1b\ufdd2") == "aenb"


@given(st.text(alphabet="\ufdd0\ufdd1\ufdd2ab-<> \"'"))
def test_stray_marks_of_any_kind_leave_nothing_behind(text: str) -> None:
    shown = with_languages(f"{SAVE}{text}", "nl")

    assert not set(shown) & set("\ufdd0\ufdd1\ufdd2")
    assert shown.count("<span") >= shown.count("</span>")
