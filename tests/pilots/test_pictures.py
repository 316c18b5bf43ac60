"""Every danger sign has a picture, and none after a loss shows a baby or a belly."""

import re
from pathlib import Path

import pytest

from companion.pilots.pack import general_signs, pilot, shipped_signs
from companion.pilots.pilot import SignGroup
from companion.pilots.tables import read_signs
from companion.records import load
from companion.web.assets import asset
from companion.web.pictures import pictures
from tests.cast import Cast
from tests.conftest import Browser

SHOWS_A_LOSS = ("baby-", "belly-")


def groups() -> dict[str, SignGroup]:
    return dict(shipped_signs())


def shown(page: str) -> list[str]:
    """The pictures of a page, each as the name after the address of the sheet."""
    return re.findall(rf'<use href="{re.escape(asset("signs.svg"))}#([a-z-]+)"/>', page)


def test_every_picture_is_used_and_every_sign_has_one() -> None:
    used = {sign.picture for group in groups().values() for sign in group.signs}

    assert used == set(pictures("signs"))


def test_the_same_words_have_the_same_picture() -> None:
    pairs = {(sign.says, sign.picture) for group in groups().values() for sign in group.signs}

    assert len(pairs) == len({says for says, _ in pairs})


def test_after_a_loss_no_picture_shows_a_baby_or_a_belly() -> None:
    names = [sign.picture for sign in general_signs().signs]

    assert not [name for name in names if name.startswith(SHOWS_A_LOSS)]


@pytest.mark.parametrize("key", ["newborn", "child"])
def test_a_picture_of_a_child_says_so_in_its_name(key: str) -> None:
    assert all(sign.picture.startswith("baby-") for sign in groups()[key].signs)


def test_thoughts_of_harm_show_somebody_who_listens() -> None:
    for group in groups().values():
        for sign in group.signs:
            if "hurting your" in sign.says:
                assert sign.picture == "listen"


def test_the_card_shows_a_picture_beside_each_sign(browser: Browser) -> None:
    page = browser.get("/call/nl").text

    signs = [sign for group in pilot("nl").danger_signs for sign in group.signs]
    assert shown(page) == [sign.picture for sign in signs]
    assert page.count('<svg class="picture" aria-hidden="true">') == len(signs)


def test_the_card_after_a_loss_shows_none_that_hurts(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/changes")
    browser.post_form("/journey/sparings")

    names = shown(browser.get("/call").text)

    assert len(names) == len(general_signs().signs)
    assert not [name for name in names if name.startswith(SHOWS_A_LOSS)]


@pytest.mark.parametrize(
    ("signs", "complaint"),
    [
        (
            '[{ says = "x", picture = "none" }]',
            "newborn, signs 1: picture names 'none', which is not drawn",
        ),
        ('[{ says = "x" }]', "newborn, signs 1: picture must be given, as str"),
        ('[{ says = "", picture = "fit" }]', "newborn, signs 1: says must not be empty"),
        ('["x"]', "newborn, signs 1: must be a table"),
        ("[]", "newborn: signs must be a list of signs"),
    ],
)
def test_a_sign_that_is_not_whole_says_where(tmp_path: Path, signs: str, complaint: str) -> None:
    path = tmp_path / "signs.toml"
    path.write_text(f'[newborn]\ntitle = "Go now"\nabout = "child"\nsigns = {signs}\n')

    with pytest.raises(ValueError, match=re.escape(complaint)):
        read_signs(load(path), path.name)
