"""A topic's text: a small part of CommonMark, made into HTML that can hold nothing else.

Paragraphs, emphasis, lists, headings and links. What the parser lets through is cleaned once more
by another library, so that a mistake in one of the two harms nobody.
"""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_RULES = ("heading", "list", "emphasis", "link", "autolink", "newline", "escape", "entity")
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "h3", "a"}
_LINKS = ("https://", "tel:")
# The page's own headings are h1 and h2; what a facilitator writes stands below them.
_HEADING = "h3"


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Any other address stays as it was typed: text that nobody can follow by mistake."""
        return url.lower().startswith(_LINKS)


_parser = _Parser("zero", {"breaks": True}).enable(_RULES)


def html(text: str) -> Markup:
    """The text as HTML. Markup that somebody typed is shown as the characters it is."""
    tokens = _parser.parse(text)
    drawn = _parser.renderer.render([_lowered(token) for token in tokens], _parser.options, {})
    clean = nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "tel"},
        link_rel="noreferrer noopener",
    )
    return Markup(clean)  # noqa: S704 - cleaned down to the tags above


def _lowered(token: Token) -> Token:
    if token.type in ("heading_open", "heading_close"):
        token.tag = _HEADING
    return token
