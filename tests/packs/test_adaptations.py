"""What a pilot does in another way is written down, with its depth and its reason."""

import pytest

from companion.db import new_id
from tests.conftest import Browser
from tests.packs.conftest import Pack
from tests.wordings import said

TYPED = {
    "depth": "deep", "what": "Grandmothers come to session four.", "why": "They decide at home.",
    "agreed_with": "The mothers of two groups", "on": "20.11.2026",
}  # fmt: skip


def test_it_is_listed_and_goes_into_the_pack(edon: Browser, pack: Pack) -> None:
    answer = edon.post_form("/adaptations", TYPED)

    page = edon.get("/adaptations").text
    assert answer.headers["location"] == "/adaptations"
    assert all(TYPED[name] in page for name in ("what", "why", "agreed_with"))
    assert b'depth = "deep"\nwhat = "Grandmothers come' in pack.out()["adaptations.toml"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("depth", "very"), ("what", ""), ("why", " "), ("what", "a" * 501), ("agreed_with", "a" * 121),
     ("on", "someday"), ("on", "1.1.2027")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(edon: Browser, field: str, value: str) -> None:
    answer = edon.post_form("/adaptations", {**TYPED, field: value})

    kept = "They decide at home." if field == "what" else "Grandmothers come to session four."
    assert answer.status_code == 422
    assert f'id="wrong-{field}"' in answer.text
    assert kept in answer.text


def test_the_same_form_twice_is_one(edon: Browser) -> None:
    form = {**TYPED, "id": str(new_id())}
    edon.post_form("/adaptations", form)

    again = edon.post_form("/adaptations", form)
    other = edon.post_form("/adaptations", {**form, "why": "Another reason."})

    assert again.status_code == 303
    assert other.status_code == 422
    assert edon.get("/adaptations").text.count("Grandmothers come to session four.") == 1


def test_a_text_that_was_adapted_is_what_it_is_about(edon: Browser) -> None:
    key = said("Save", "Keep").key

    assert ">\nSave</textarea>" in edon.get(f"/adaptations?text={key}").text
    assert edon.get("/adaptations?text=nothing").status_code == 200


def test_it_is_taken_away(edon: Browser) -> None:
    edon.post_form("/adaptations", TYPED)
    address = edon.get("/adaptations").text.split('action="/adaptations/')[1].split('"')[0]

    edon.post_form(f"/adaptations/{address}")

    assert "Grandmothers" not in edon.get("/adaptations").text
