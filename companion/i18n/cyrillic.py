"""Serbian in Cyrillic, made from Serbian in Latin script, letter for letter."""

import re

_PAIRS = {
    "lj": "љ", "nj": "њ", "dž": "џ", "a": "а", "b": "б", "c": "ц", "č": "ч", "ć": "ћ", "d": "д",
    "đ": "ђ", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ј", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "š": "ш", "t": "т", "u": "у",
    "v": "в", "z": "з", "ž": "ж",
}  # fmt: skip
# Where the two letters are two sounds: over a prefix, and in words from elsewhere.
_APART = re.compile(r"\b(nad|od|pod|pred)(?=ž)|(?<=\b[iI]n)(?=j[eu])|(?<=\b[kK]on)(?=j)", re.I)
_BREAK = "\u2060"
# What stays Latin in Cyrillic too: placeholders, addresses, names of things, units.
_KEPT = re.compile(
    r"%\(\w+\)s|%%|https?://\S+|\b(?:Companion|Android|Chrome|Safari|Firefox|Samsung Internet|"
    r"Opera(?: Mini)?|iPhone|iPad|iOS|WhatsApp|Weblate|Poedit|JavaScript|QR|PIN|PO|URL|UTF-8|Opus|"
    r"AAC|HbA1c|kB|MB|mmHg|mmol/L|mg/dL|g/dL|kg|cm|Écoute violences conjugales|SOS Viol|"
    r"Veilig Thuis|Mi Lijn|SUR-CAD|HUG|PANDAS|National Domestic Abuse Helpline|"
    r"Men['’]s Advice Line)\b|°C"
)
_LETTERS = re.compile("|".join(_PAIRS), re.IGNORECASE)


def cyrillic(latin: str) -> str:
    """The same words in Cyrillic letters, placeholders and foreign names left as they are."""
    kept = _KEPT.findall(latin)
    said = [_LETTERS.sub(_letter, _apart(part)).replace(_BREAK, "") for part in _KEPT.split(latin)]
    return "".join(part + name for part, name in zip(said, [*kept, ""], strict=True))


def _apart(text: str) -> str:
    return _APART.sub(lambda found: found.group() + _BREAK, text)


def _letter(found: re.Match[str]) -> str:
    latin = found.group()
    letter = _PAIRS[latin.lower()]
    return letter.upper() if latin[0].isupper() else letter
