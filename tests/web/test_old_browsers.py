"""Our own scripts and styles say nothing that Chrome 80, Safari 15 or Firefox ESR cannot read.

A script with one word that a browser does not know runs not at all, and a rule with one selector
that it does not know styles nothing. What only some know stands alone, and may be missing.
"""

import re
import unicodedata
from pathlib import Path

import pytest

from companion.web.assets import thin

STATIC = Path(__file__).parents[2] / "static"
SCRIPTS = sorted([*STATIC.glob("js/*.js"), *STATIC.glob("*.js")])
STYLES = sorted(STATIC.glob("css/*.css"))

# Each with the first Chrome that knows it.
NO_SYNTAX = {
    "assigning where there is nothing (85)": r"(\?\?|\|\||&&)=",
    "private names (84)": r"[.{;\s]#[A-Za-z_]\w*\s*[=(;]",
    "static blocks (94)": r"\bstatic\s*\{",
    "top-level await (89)": r"(?m)^await\b",
    "the flags d and v of a pattern (90, 112)": r"/[gimsuy]*[dv][gimsuy]*[.,;)\s]\s*(exec|test)",
    "what comes before, in a pattern (Safari 16.4)": r"\(\?<[=!]",
}
NO_CALLS = {
    "at (92)": r"\.at\(",
    "replaceAll (85)": r"\.replaceAll\(",
    "replaceChildren (86)": r"\.replaceChildren\(",
    "findLast (97)": r"\.findLast",
    "toSorted and the like (110)": r"\.to(Sorted|Reversed|Spliced)\(|\.with\(",
    "groupBy (117)": r"\bgroupBy\(",
    "hasOwn (93)": r"\bhasOwn\(",
    "structuredClone (98)": r"\bstructuredClone\(",
    "Promise.any (85)": r"\bPromise\.(any|withResolvers|try)\(",
    "AbortSignal.timeout (103)": r"\bAbortSignal\.\w+\(",
    "randomUUID (92)": r"\brandomUUID\(",
    "WeakRef (84)": r"\bWeakRef\b",
    "a stream as a list (124)": r"for await \(.*\b(body|stream)\)",
    "selectors of today (88, 105)": r":(is|where|has)\(",
}
NO_STYLES = {
    "both ends at once (87)": r"[;{\s](margin|padding|border)-(inline|block):",
    "a list of what it is not (88)": r":not\([^)]*,",
    "one of these (88)": r":(is|where)\(",
    "a rule in a rule (112)": r"&",
    "shape and height of today (88, 108)": r"\baspect-ratio:|\d[dsl]v[hw]\b",
    "layers and containers (99, 105)": r"@(layer|container|scope)",
    "colours of today (111)": r"\b(color-mix|oklch|light-dark|lab)\(",
    "all sides at once (87)": r"[;{\s]inset:",
    "left and right: the page may run the other way": r"[;{\s-](left|right)\s*:",
}
STANDS_ALONE = (":has(", ":focus-visible", "::details-content")
OLD = "@supports not (inset: 0)"  # fallbacks for whoever does not know better


def _code(path: Path) -> str:
    """Without what is only said: comments. Words in quotes may stay, ours say nothing of it."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text) if path.suffix == ".js" else text


def _found(paths: list[Path], rules: dict[str, str]) -> list[str]:
    return [
        f"{path.name}: {what}"
        for path in paths
        for what, pattern in rules.items()
        if re.search(pattern, _code(path))
    ]


def test_scripts_use_no_word_that_an_old_browser_cannot_read() -> None:
    assert SCRIPTS
    assert _found(SCRIPTS, NO_SYNTAX | NO_CALLS) == []


def test_nor_does_what_is_made_smaller_before_it_travels() -> None:
    travel = {path.name: thin(path.name, path.read_bytes()).decode() for path in SCRIPTS}
    rules = NO_SYNTAX | NO_CALLS

    assert [
        (name, why) for name in travel for why in rules if re.search(rules[why], travel[name])
    ] == []


def test_styles_use_none_either_but_in_what_is_meant_for_old_browsers() -> None:
    assert STYLES
    assert _found([path for path in STYLES if OLD not in _code(path)], NO_STYLES) == []


def test_a_selector_that_some_do_not_know_stands_alone() -> None:
    lists = [
        selectors
        for path in STYLES
        for selectors in re.findall(r"([^{}]+)\{", _code(path))
        if "," in re.sub(r"\([^)]*\)", "", selectors)
    ]

    assert [each for each in lists if any(what in each for what in STANDS_ALONE)] == []


@pytest.mark.parametrize("place", ["fixed", "sticky"])
def test_what_stands_in_front_finds_its_place_without_logical_insets(place: str) -> None:
    """All but the sheet of a message, which only stands in front where `:has` is known."""
    old = next(_code(path) for path in STYLES if OLD in _code(path))
    rules = [
        selector.strip()
        for path in STYLES
        for selector, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", _code(path))
        if f"position: {place}" in rule and ":has(" not in selector
    ]

    assert rules
    assert [selector for selector in rules if f"{selector} {{" not in old] == []


def test_an_arrow_is_turned_by_the_browser_alone() -> None:
    """Where a page runs from right to left, a browser turns the characters that have a mirror: a
    stylesheet that turned them too would point the other way again."""
    assert unicodedata.mirrored("‹")
    assert unicodedata.mirrored("›")
    assert [path.name for path in STYLES if "scale" in _code(path)] == []
