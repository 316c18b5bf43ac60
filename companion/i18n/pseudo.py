"""The pseudo-language of the tests: readable English, accented, longer, in brackets."""

import re

_ACCENTS = str.maketrans("aceinosuyzACEINOSUYZ", "áçéîñöšûýžÁÇÉÎÑÖŠÛÝŽ")
_PLACEHOLDER = re.compile(r"(%\(\w+\)s|%%)")


def pseudo(text: str) -> str:
    """The text with accents and a third more of it, its placeholders left alone."""
    parts = _PLACEHOLDER.split(text)
    said = "".join(
        part if index % 2 else part.translate(_ACCENTS) for index, part in enumerate(parts)
    )
    return f"[{said}{' ~' * (len(text) // 6)}]"
