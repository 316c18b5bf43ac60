"""Words go out as PO and come in again: nothing is lost, and what changed is shown."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from companion.i18n import language
from companion.i18n.catalogue_files import template
from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import real_languages
from tests.localisation.conftest import Desk

SAVE = 'msgid "Save"\nmsgstr "Ruaj"'


@pytest.mark.parametrize("code", [each.code for each in real_languages()])
def test_what_goes_out_comes_in_unchanged(desk: Desk, code: str) -> None:
    for domain in DOMAINS:
        incoming = desk.look(code, desk.out(code, domain)) if _says_anything(desk, code) else None

        assert incoming is None or (incoming.changes, incoming.wrong) == ([], [])


def _says_anything(desk: Desk, code: str) -> bool:
    return bool(language(code).drafted)


@pytest.mark.parametrize("code", ["sq", "tw", "en", "ar"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_goes_out_with_its_comments_contexts_and_plurals(
    desk: Desk, code: str, domain: str
) -> None:
    written = read_po(BytesIO(desk.out(code, domain).encode()), abort_invalid=True)

    assert (written.num_plurals, written.plural_expr) == language(code).plurals
    for message in template(domain):
        if message.id:
            found = written.get(message.id, message.context)
            assert found
            assert found.auto_comments == message.auto_comments
            assert {name for name, _ in found.locations} == {name for name, _ in message.locations}


def test_a_change_is_shown_and_taken_as_a_draft(desk: Desk) -> None:
    content = desk.out("sq").replace(SAVE, SAVE.replace("Ruaj", "Ruaje"))

    incoming = desk.take("sq", content)

    (change,) = incoming.changes
    assert (change.before, change.saying.forms) == (("Ruaj",), ("Ruaje",))
    assert not change.saying.is_reviewed
    assert 'msgid "Save"\nmsgstr "Ruaje"' in desk.out("sq")
    assert desk.look("sq", content).changes == []


def test_what_is_no_longer_fuzzy_is_reviewed(desk: Desk) -> None:
    content = desk.out("sq").replace(f"#, fuzzy\n{SAVE}", SAVE)

    (change,) = desk.take("sq", content).changes

    assert (change.was_reviewed, change.saying.is_reviewed) == (False, True)
    assert f"#, fuzzy\n{SAVE}" not in desk.out("sq")


def test_a_translators_own_comment_is_kept(desk: Desk) -> None:
    out = desk.out("sq")
    block = next(each for each in out.split("\n\n") if SAVE in each)

    desk.take("sq", out.replace(block, f"# Asked Besa.\n{block}"))

    kept = next(each for each in desk.out("sq").split("\n\n") if SAVE in each)
    assert "# Asked Besa." in kept
    assert desk.look("sq", desk.out("sq")).changes == []


def test_what_was_left_empty_is_left_alone(desk: Desk) -> None:
    assert desk.look("sq", desk.out("sq").replace(SAVE, 'msgid "Save"\nmsgstr ""')).changes == []


def test_the_source_language_is_adapted_in_the_same_way(desk: Desk) -> None:
    content = desk.out("en").replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Keep"')

    (change,) = desk.take("en", content).changes

    assert (change.before, change.saying.forms) == ((), ("Keep",))


def test_babels_own_order_of_arabic_plurals_is_put_right(desk: Desk) -> None:
    """Babel has the last two forms of Arabic the other way round, and says so in its header."""
    ours = desk.out("ar")
    swapped = ours.replace("n%100>=11 ? 4 : 5", "n%100>=11 ? 5 : 4")
    swapped = swapped.replace("msgstr[4]", "msgstr[x]").replace("msgstr[5]", "msgstr[4]")
    swapped = swapped.replace("msgstr[x]", "msgstr[5]")

    incoming = desk.look("ar", swapped)

    assert (incoming.changes, incoming.wrong) == ([], [])


def test_one_pilots_words_are_not_anothers(desk: Desk) -> None:
    desk.take("sq", desk.out("sq").replace(SAVE, SAVE.replace("Ruaj", "Ruaje")))

    assert SAVE in Desk(desk.database, "nl").out("sq")
