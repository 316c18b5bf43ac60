"""The pilots: each country's pack, as it comes with Companion or as its own people took it in."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from companion.i18n.languages import SOURCE, Language, real_languages
from companion.pilots.pilot import Pilot, SignGroup
from companion.pilots.tables import read_pilot, read_signs
from companion.records import load, one_of

_PACKS = Path(__file__).parent / "packs"
SIGNS = Path(__file__).parent / "signs.toml"
_own: dict[str, Pilot] = {}


def pilots() -> Mapping[str, Pilot]:
    """Every pilot by its code, in the order of their English names."""
    return {code: pilot(code) for code in shipped()}


def pilot(code: str) -> Pilot:
    found = _own.get(code) or shipped().get(code)
    if found is None:
        raise LookupError(f"There is no pilot with the code {code!r}.")
    return found


def use_own(code: str, own: Pilot | None) -> None:
    """From now on this process knows the pilot as its people took it in; None: as it comes."""
    if own is None:
        _own.pop(code, None)
    else:
        _own[code] = own


@cache
def shipped() -> Mapping[str, Pilot]:
    """The pilots as they come with Companion. A broken pack stops the start and says where."""
    packs = sorted(map(read, _PACKS.glob("*.toml")), key=lambda each: each.name)
    return MappingProxyType({each.code: each for each in packs})


def read(path: Path) -> Pilot:
    """A file that is not exactly a pack stops the start and says which field is wrong."""
    table = load(path)
    found = read_pilot(table, path.name, shipped_signs())
    one_of(table, "code", (path.stem,), path.name)
    return found


def shipped_table(code: str) -> dict[str, Any]:
    return load(_PACKS / f"{code}.toml")


@cache
def shipped_signs() -> Mapping[str, SignGroup]:
    return read_signs(load(SIGNS), SIGNS.name)


def offered_languages(of: Pilot) -> list[Language]:
    """The pilot's languages that exist here, in its order; English is always among them."""
    real = {each.code: each for each in real_languages()}
    return [real[code] for code in dict.fromkeys((*of.languages, SOURCE)) if code in real]


def offered_language(of: Pilot, code: str) -> Language | None:
    """One of them."""
    return next((each for each in offered_languages(of) if each.code == code), None)


def general_signs() -> SignGroup:
    """What a woman is shown after a loss: nothing in it speaks of a pregnancy or a baby."""
    return shipped_signs()["general"]
