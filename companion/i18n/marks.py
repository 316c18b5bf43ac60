"""What is said in another language than its page is marked: `<span lang="en" dir="ltr">`.

While a page is drawn nobody knows yet whether a sentence comes to stand in a paragraph, where an
element may mark it, or in an attribute or a title, where none may. So it carries marks of its own
(noncharacters, which Unicode keeps for use inside a program), which the finished page turns into
elements or drops.
"""

import re

from markupsafe import Markup

from companion.i18n.languages import language

_OPEN, _NAMED, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARK = re.compile(f"{_OPEN}[A-Za-z-]*{_NAMED}|[{_OPEN}{_NAMED}{_CLOSE}]")
_PIECE = re.compile(f"<(/?)([A-Za-z]+)[^>]*>|{_OPEN}([A-Za-z-]+){_NAMED}|{_CLOSE}")
# No element may stand in these, or in HTML none of ours.
_PLAIN = frozenset({"title", "option", "textarea", "script", "style", "svg"})


def marked(said: Markup, code: str) -> Markup:
    """The words with their language on them, for `with_languages`."""
    return Markup(f"{_OPEN}{code}{_NAMED}{said}{_CLOSE}")  # noqa: S704 - escaped by who says it


def with_languages(html: str, page: str) -> str:
    """A drawn page (or part of one) in the language `page`, its marks made elements, or dropped
    where none may stand."""
    if _OPEN not in html:
        return html
    return _Marker(page).run(html)


class _Marker:
    """Goes through a page once, knowing in which plain element and in which marks it is."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.plain = ""
        self.open: list[bool] = []

    def run(self, html: str) -> str:
        return _MARK.sub("", _PIECE.sub(self._piece, html))

    def _piece(self, found: re.Match[str]) -> str:
        piece = found.group()
        if piece.startswith("<"):
            self._pass(found.group(1), found.group(2).lower())
            return _MARK.sub("", piece)
        return self._start(found.group(3)) if found.group(3) else self._end()

    def _pass(self, closing: str, name: str) -> None:
        if not self.plain and not closing and name in _PLAIN:
            self.plain = name
        elif closing and name == self.plain:
            self.plain = ""

    def _start(self, code: str) -> str:
        self.open.append(not self.plain)
        if self.plain:
            return ""
        of, page = language(code), language(self.page)
        turned = f' dir="{of.direction}"' if of.direction != page.direction else ""
        return f'<span lang="{of.code}"{turned}>'

    def _end(self) -> str:
        return "</span>" if self.open and self.open.pop() else ""
