"""Files that would break a page: refused as a whole, or line by line and the rest taken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.i18n import language
from companion.i18n.catalogue_files import read_catalogue
from companion.i18n.catalogues import DOMAINS
from companion.localisation import po_in
from tests.localisation.conftest import Desk

SAVE = 'msgid "Save"\nmsgstr "Ruaj"'
HEAD = 'msgid ""\nmsgstr ""\n"Language: sq\\n"\n"Content-Type: text/plain; charset=%s\\n"\n'
HEAD += '"Plural-Forms: %s;\\n"\n\n'
UTF8 = HEAD % ("utf-8", "nplurals=2; plural=(n != 1)")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"x" * 50_000_000, "larger than"),
        ((HEAD % ("ISO-8859-1", "nplurals=2; plural=(n != 1)") + SAVE).encode(), "UTF-8"),
        (UTF8.encode() + SAVE.encode("utf-16"), "UTF-8"),
        ((UTF8 + 'msgid "Save\nmsgstr "Ruaj"\n').encode(), "not a PO file|No text|cannot be read"),
        ((UTF8 + SAVE + "\n\nmsgid gone wrong\n").encode(), "cannot be read|not a PO file"),
        (UTF8.replace("Language: sq", "Language: fr").encode() + SAVE.encode(), "another language"),
        (b"PK\x03\x04\x00\x00", "not a PO file|No text|cannot be read"),
        (b"", "No text"),
        (b"<html><body>404</body></html>", "not a PO file|No text|cannot be read"),
    ],
)
def test_a_file_that_cannot_be_what_it_says_is_refused(
    desk: Desk, content: bytes, why: str
) -> None:
    with pytest.raises(po_in.Refused, match=why):
        desk.look("sq", content)


@pytest.mark.parametrize(
    ("message", "said", "why"),
    [
        ("You are %(name)s here.", "Ti je %(emri)s.", "placeholders must be"),
        ("You are %(name)s here.", "Ti je këtu.", "placeholders must be"),
        ("You are %(name)s here.", "Ti je 100 % %(name)s.", "placeholders must be"),
        ("Save", "<script>alert(1)</script>", "without markup"),
        ("Save", "<b>Ruaj</b>", "without markup"),
        ("Save", "Ruaj &amp; mbyll", "without markup"),
        ("Save", "Ruaj\u2028", "nobody can see"),
        ("Save", "Ruaj " * 50, "longer"),
        ("Something we never say", "Diçka", "does not say this"),
    ],
)
def test_a_message_that_would_break_a_page_is_refused_with_its_line(
    desk: Desk, message: str, said: str, why: str
) -> None:
    content = f'{UTF8}{SAVE.replace("Ruaj", "Ruaje")}\n\nmsgid "{message}"\nmsgstr "{said}"\n'
    if message == "Save":
        content = f'{UTF8}msgid "Sessions"\nmsgstr "Ruaje"\n\nmsgid "Save"\nmsgstr "{said}"\n'

    incoming = desk.look("sq", content)

    assert [(each.line, each.message) for each in incoming.wrong] == [(10, message)]
    assert why in incoming.wrong[0].why.message
    assert [each.saying.forms for each in incoming.changes] == [("Ruaje",)]


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=3; plural=(n != 1)",
        "nplurals=2; plural=(n > 1)",
        "nplurals=2; plural=(__import__)",
    ],
)
def test_plurals_by_another_rule_are_refused_and_the_rest_is_taken(desk: Desk, rule: str) -> None:
    content = f"{HEAD % ('utf-8', rule)}{SAVE.replace('Ruaj', 'Ruaje')}\n\n"
    content += 'msgid "%(count)s week"\nmsgid_plural "%(count)s weeks"\n'
    content += 'msgstr[0] "%(count)s javë"\nmsgstr[1] "%(count)s javë"\n'

    try:
        incoming = desk.look("sq", content)
    except po_in.Refused:
        assert "__import__" in rule
        return

    assert [each.saying.message for each in incoming.changes] == ["Save"]
    assert all("plural forms" in each.why.message for each in incoming.wrong)


def test_a_missing_plural_form_is_refused(desk: Desk) -> None:
    content = UTF8 + 'msgid "%(count)s week"\nmsgid_plural "%(count)s weeks"\n'
    content += 'msgstr[0] "%(count)s javë"\n'

    incoming = desk.look("sq", content)

    assert incoming.changes == []


NOW = {domain: read_catalogue("sq", domain) for domain in DOMAINS}


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_comes_is_read_or_refused(content: bytes, with_head: bool) -> None:
    try:
        incoming = po_in.read((UTF8.encode() if with_head else b"") + content, language("sq"), NOW)
    except po_in.Refused:
        return
    assert incoming.domain in DOMAINS
