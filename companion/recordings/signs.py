"""The danger signs of a pilot, each under a key that says nothing in an address."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from companion.pilots import wordings
from companion.pilots.pack import general_signs
from companion.pilots.pilot import Pilot, SignGroup


def key_of(sign: str) -> str:
    """Of the English text: other words are another sign, which somebody must say anew."""
    return wordings.key_of("companion", "", sign)


def sign_groups(of: Pilot) -> tuple[SignGroup, ...]:
    """All that a card of this pilot can show, those for a woman after a loss too."""
    return tuple(dict.fromkeys((*of.danger_signs, general_signs())))


@lru_cache(maxsize=32)
def signs_by_key(of: Pilot) -> Mapping[str, str]:
    signs = (sign.says for group in sign_groups(of) for sign in group.signs)
    return MappingProxyType({key_of(sign): sign for sign in signs})
