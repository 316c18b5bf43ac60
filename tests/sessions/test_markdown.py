"""The small safe Markdown: what it makes, and what it can never hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.sessions.markdown import html

ALLOWED = re.compile(
    r'</?(p|em|strong|ul|ol|li|h3)>|<br>|</a>|<ol start="\d+">'
    r'|<a href="(https://|tel:)[^"]*" rel="noreferrer noopener">',
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("One\ntwo", "<p>One<br>\ntwo</p>"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("# Big", "<h3>Big</h3>"),
        ("###### Small", "<h3>Small</h3>"),
        (
            "[us](https://a.example/?b=1&c=2)",
            '<p><a href="https://a.example/?b=1&amp;c=2" rel="noreferrer noopener">us</a></p>',
        ),
        ("[a](tel:+317)", '<p><a href="tel:+317" rel="noreferrer noopener">a</a></p>'),
        ('[a](https://b.c "d")', '<p><a href="https://b.c" rel="noreferrer noopener">a</a></p>'),
    ],
)
def test_what_it_makes(text: str, drawn: str) -> None:
    assert html(text).strip() == drawn


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,hi)",
        "[x](http://plain.example)",
        "[x](//other.example)",
        "[x](/devices)",
        "<javascript:alert(1)>",
        "&lt;script&gt;",
    ],
)
def test_what_stays_text(text: str) -> None:
    assert "<a" not in html(text)
    assert "<script" not in html(text)
    assert "<img" not in html(text)


def test_a_picture_is_not_fetched() -> None:
    assert "<img" not in html("![x](https://other.example/pixel.png)")


@given(st.text(alphabet="<>[]()!*#-&;:/\"'= \n" + "ahtps:jvcrilone", max_size=80))
def test_whatever_is_typed_holds_nothing_else(text: str) -> None:
    rest = ALLOWED.sub("", html(text))

    assert "<" not in rest
