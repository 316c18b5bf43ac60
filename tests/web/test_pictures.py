"""The drawings that stand beside words: small, plain, in the colour of the text."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from companion.folders import folder
from companion.web import pictures as drawn
from companion.web.assets import assets
from companion.web.pictures import LARGEST, pictures, sheet

FOLDER = folder("static") / "pictures"
FILES = sorted(FOLDER.glob("*/*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
PLAIN = {"svg", "path", "circle"}
SAID = {"d", "cx", "cy", "r", "fill", "fill-opacity", "stroke", "stroke-dasharray"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_picture_is_small_and_made_of_plain_strokes(path: Path) -> None:
    assert len(path.read_bytes()) <= LARGEST
    top = ElementTree.parse(path).getroot()

    assert top.get("viewBox") == "0 0 48 48"
    assert top.get("stroke-width") == "2"
    assert {each.tag.removeprefix(SVG) for each in top.iter()} <= PLAIN
    assert not [each for each in top.iter() if (each.text or "").strip()]
    assert {name for each in list(top.iter())[1:] for name in each.attrib} <= SAID
    colours = {each.get(name) for each in top.iter() for name in ("fill", "stroke")}
    assert colours <= {"currentColor", "none", None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_name_can_stand_in_an_address(path: Path) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem)


def test_the_sheet_has_every_picture_once() -> None:
    top = ElementTree.fromstring(sheet(pictures("signs")))

    symbols = {each.get("id"): each.get("viewBox") for each in top.findall(f"{SVG}symbol")}
    assert symbols == dict.fromkeys(pictures("signs"), "0 0 48 48")
    assert len(top) == len(symbols)


def test_the_sheet_is_sent_small_and_kept() -> None:
    sent = assets()["signs.svg"]

    assert sent.media_type == "image/svg+xml"
    assert len(sent.brotli) <= 6_000


@pytest.mark.parametrize(
    ("drawing", "complaint"),
    [
        ("<svg><path d='M0 0'/></svg>\n", "odd.svg: must begin and end as every picture does"),
        (drawn._BEFORE + "x" * 1500 + drawn._AFTER, "odd.svg: must have at most 1500 bytes"),
    ],
    ids=["another shape", "too large"],
)
def test_a_picture_that_cannot_be_used_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawing: str, complaint: str
) -> None:
    (tmp_path / "pictures" / "odd").mkdir(parents=True)
    (tmp_path / "pictures" / "odd" / "odd.svg").write_text(drawing)
    monkeypatch.setattr(drawn, "folder", lambda name: tmp_path)

    with pytest.raises(ValueError, match=re.escape(complaint)):
        pictures("odd")
