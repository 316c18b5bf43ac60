"""What people write, with its addresses made tappable: shown as they are, so that nothing hides
behind other words."""

import re

from markupsafe import Markup, escape

_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]'’]", re.IGNORECASE)


def linked(text: str) -> Markup:
    """The text, escaped, with links for addresses that begin with http:// or https://."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found.group())
        parts += [
            escape(text[end : found.start()]),
            Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(
                address, address
            ),
        ]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])
