"""A pack that is broken, hostile or somebody else's changes nothing that it should not."""

import io
import tomllib
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.packs.archive import MOST_FILES, MOST_INSIDE, Refused, from_zip, to_zip
from companion.pilots.pack import shipped
from companion.recordings.signs import key_of
from tests.packs.conftest import PILOT, Pack, zipped
from tests.recordings.conftest import sound_of

SIGN = shipped()[PILOT].danger_signs[0].signs[0]
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\n'
)


def test_a_zip_is_what_was_put_into_it() -> None:
    files = {"pack.toml": b"a", "recordings/nl/x.ogg": b"\x00\xff"}

    assert from_zip(to_zip(files)) == files
    assert to_zip(files) == to_zip(dict(reversed(files.items())))


def test_the_folder_that_was_zipped_is_looked_through() -> None:
    wrapped = zipped({"nl-pack/pack.toml": b"a", "nl-pack/wordings/nl-companion.po": b"b",
                      "__MACOSX/nl-pack/._pack.toml": b"c", "nl-pack/.DS_Store": b"d"})  # fmt: skip

    assert set(from_zip(wrapped)) == {"pack.toml", "wordings/nl-companion.po"}


@pytest.mark.parametrize(
    "name",
    ["../pack.toml", "/etc/passwd", "a/../../pack.toml", "a\\..\\pack.toml", "C:/pack.toml",
     ".hidden", "a/b/c/d/e.toml", "a//b", "pack\n.toml", "./pack.toml"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_refuses_the_whole(name: str) -> None:
    with pytest.raises(Refused, match="not allowed"):
        from_zip(zipped({"pack.toml": b"", name: b""}))


def _link() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        entry = zipfile.ZipInfo("pack.toml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return written.getvalue()


def _twice() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("pack.toml", "a")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("pack.toml", "b")
    return written.getvalue()


def _encrypted() -> bytes:
    return zipped({"pack.toml": b"a"}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00",
                                               b"PK\x01\x02\x14\x03\x14\x00\x01\x00")  # fmt: skip


def _bomb() -> bytes:
    return to_zip({f"a{number}": bytes(MOST_INSIDE // 4) for number in range(5)})


def _damaged() -> bytes:
    content = bytearray(to_zip({"pack.toml": b"a" * 1000}))
    content[40:50] = b"\xff" * 10
    return bytes(content)


@pytest.mark.parametrize(
    "make",
    [_link, _twice, _encrypted, _bomb, _damaged, lambda: b"", lambda: b"PK\x03\x04",
     lambda: b"MZ" + bytes(500), lambda: to_zip({"pack.toml": b"a"})[:-30],
     lambda: to_zip({f"a{number}": b"" for number in range(MOST_FILES + 1)}),
     lambda: bytes(16_000_000)],
)  # fmt: skip
def test_a_zip_that_is_none_is_refused_as_a_whole(make: Callable[[], bytes]) -> None:
    with pytest.raises(Refused):
        from_zip(make())


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('pilot = "nl"', 'pilot = "gh"', "another pilot"),
        ("format = 1", "format = 2", "does not know"),
        ("format = 1", 'format = "1"', "cannot be used"),
        ("format = 1", "", "cannot be used"),
        ("format = 1", "format = = 1", "cannot be used"),
    ],
)
def test_a_pack_that_is_not_this_one_is_refused_as_a_whole(
    pack: Pack, was: str, becomes: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        pack.look(pack.edited("pack.toml", was, becomes))


def test_a_folder_of_something_else_is_no_pack(pack: Pack) -> None:
    with pytest.raises(Refused, match=r"no file pack\.toml"):
        pack.look({"photo.jpg": b""})


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("settings.toml", 'number = "112"', 'number = "javascript:1"'),
        ("settings.toml", 'number = "112"', "number = 112"),
        ("settings.toml", 'first_day = "monday"', 'first_day = "someday"'),
        ("settings.toml", 'zone = "Europe/Amsterdam"', 'zone = "../../etc"'),
        ("settings.toml", 'code = "nl"', 'code = "gh"'),
        ("settings.toml", 'name = "Netherlands"', 'name = "Somewhere"'),
        ("settings.toml", '"pregnancy-nl"', '"knitting"'),
        ("settings.toml", '"nl",', '"xx",'),
        ("settings.toml", "chat_kept_days = 365", "chat_kept_days = 1"),
        ("settings.toml", 'signed_off_by = ""', 'signed_off_by = "A\\u0000B"'),
        ("settings.toml", 'signed_off_by = ""', f'signed_off_by = "{"a" * 501}"'),
        ("signs.toml", f'picture = "{SIGN.picture}"', 'picture = "elephant"'),
        ("signs.toml", "about = ", "aboot = "),
        ("programmes/pregnancy-nl.toml", "number = 1", "number = 7"),
        ("programmes/pregnancy-nl.toml", '"blood-pressure"', '"mood-ring"'),
        ("programmes/pregnancy-nl.toml", 'slug = "pregnancy-nl"', 'slug = "other"'),
        ("sites.toml", "[[sites]]", "[sites]"),
        ("settings.toml", "group_size = [", "group_size = [ 10, 1000] # ["),
        ("programmes/pregnancy-nl.toml", "minutes = 120", "minutes = 12000"),
        ("programmes/pregnancy-nl.toml", "to_week = ", "to_week = 9"),
        ("sites.toml", 'name = "', 'name = "" # "'),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_refused_alone(
    pack: Pack, name: str, was: str, becomes: str
) -> None:
    files = pack.edited(name, was, becomes)

    incoming = pack.take(files)

    assert [each.place.partition(":")[0] for each in incoming.wrong] == [name]
    assert incoming.changes == []
    assert pack.look(pack.out()).wrong == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("wordings/nl-companion.po", b"not PO", "cannot be read as PO"),
        ("wordings/sq-companion.po", b"", "does not offer"),
        ("wordings/zz-companion.po", b"", "does not offer"),
        (f"recordings/nl/{key_of(SIGN.says)}.ogg", sound_of("video.webm"), "This is a video"),
        (f"recordings/nl/{key_of(SIGN.says)}.ogg", b"MZ", "not a recording"),
        (f"recordings/nl/{'0' * 16}.ogg", sound_of("opus.ogg"), "does not have this danger sign"),
        (f"recordings/sq/{key_of(SIGN.says)}.ogg", sound_of("opus.ogg"), "does not offer"),
        ("virus.exe", b"MZ", "no file of this name"),
        ("pictures/eye.svg", b"\xff\xfe", "cannot be used"),
        ("settings.toml", b"\xff\xfe", "cannot be used"),
        ("adaptations.toml", b'[[adaptations]]\non = "x"\ndepth = "deep"\nwhat = "a"\nwhy = "b"\n'
                             b'agreed_with = ""\ntext = ""\n', "Write a day"),
        ("adaptations.toml", b"[[adaptations]]\nwhat = 1\n", "cannot be used"),
    ],
)  # fmt: skip
def test_a_file_that_belongs_nowhere_is_refused_alone(
    pack: Pack, name: str, content: bytes, why: str
) -> None:
    incoming = pack.take({**pack.out(), name: content})

    (wrong,) = incoming.wrong
    assert wrong.place.startswith(name)
    assert why in wrong.why.in_english
    assert incoming.changes == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<path d="M0 0" style="fill:url(//x)"/>',
        '<use href="//example.org/x.svg#a"/>',
        '<path d="M0 0" fill="url(#a)"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        "<a><path d='M0 0'/></a>",
        "words",
        "<!-- x --><path d='M0 0'/>",
        "<?xml-stylesheet href='x'?><path d='M0 0'/>",
        "<path d='M0 0'/>&amp;",
        "</svg><svg>",
        '</symbol></svg><svg xmlns="http://www.w3.org/2000/svg"><symbol>',
        "",
        f'<path d="{"M0 0" * 400}"/>',
    ],
)
def test_a_drawing_that_is_more_than_lines_is_refused(pack: Pack, inside: str) -> None:
    drawn = f"{HEAD}{inside}\n</svg>\n".encode()

    incoming = pack.look({**pack.out(), f"pictures/{SIGN.picture}.svg": drawn})

    (wrong,) = incoming.wrong
    assert wrong.place == f"pictures/{SIGN.picture}.svg"
    assert incoming.changes == []


_names = st.sampled_from(
    ["sites", "adaptations", "name", "numbers", "sessions", "units", "languages", "signs",
     "general", "title", "about", "on", "what", "slug", "first_day", "group_size", "help_lines",
     "zone", "x"]
)  # fmt: skip
_values = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names, inner, max_size=3),
    max_leaves=8,
)
_files = st.sampled_from(
    ["pack.toml", "settings.toml", "signs.toml", "sites.toml", "adaptations.toml",
     "programmes/pregnancy-nl.toml"]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=_files, key=_names, value=_values)
def test_whatever_stands_in_a_table_is_taken_or_refused(
    pack: Pack, name: str, key: str, value: object
) -> None:
    files = pack.out()
    table = {**tomllib.loads(files[name].decode()), key: value}

    with suppress(Refused):
        pack.look({**files, name: tomli_w.dumps(table).encode()})
