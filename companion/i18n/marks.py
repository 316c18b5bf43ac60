"""What is said in another language than its page is marked: `<span lang="en" dir="ltr">`.

While a page is drawn nobody knows yet whether a sentence comes to stand in a paragraph, where an
element may mark it, or in an attribute or a title, where none may. So it carries marks of its own
(noncharacters, which Unicode keeps for use inside a program), which the finished page turns into
elements or drops.
"""

import re
from functools import lru_cache

from markupsafe import Markup

from companion.i18n.languages import language

_OPEN, _NAMED, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{_OPEN}([A-Za-z-]*){_NAMED}|[{_OPEN}{_NAMED}{_CLOSE}]")
# No element may stand in these, or in HTML none of ours.
_PLAIN = re.compile(
    r"<(title|option|textarea|script|style|svg)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)


def marked(said: Markup, code: str) -> Markup:
    """The words with their language on them, for `with_languages`."""
    return Markup(f"{_OPEN}{code}{_NAMED}{said}{_CLOSE}")  # noqa: S704 - escaped by who says it


def with_languages(html: str, page: str) -> str:
    """A drawn page (or part of one) in the language `page`, its marks made elements, or dropped
    where none may stand."""
    if _OPEN not in html:
        return html
    plain = [found.span() for found in _PLAIN.finditer(html)][::-1]
    written, end, open_marks = [], 0, []
    for mark in _MARK.finditer(html):
        start = mark.start()
        while plain and plain[-1][1] <= start:
            plain.pop()
        written.append(html[end:start])
        end = mark.end()
        if mark.group(1):
            may_stand = not (plain and plain[-1][0] < start) and not _is_in_a_tag(html, start)
            open_marks.append(may_stand)
            written.append(_element(mark.group(1), page) if may_stand else "")
        elif mark.group() == _CLOSE and open_marks and open_marks.pop():
            written.append("</span>")
    return "".join([*written, html[end:]])


def _is_in_a_tag(html: str, position: int) -> bool:
    return html.rfind("<", 0, position) > html.rfind(">", 0, position)


@lru_cache(maxsize=1024)
def _element(code: str, page: str) -> str:
    of, around = language(code), language(page)
    turned = f' dir="{of.direction}"' if of.direction != around.direction else ""
    return f'<span lang="{of.code}"{turned}>'
