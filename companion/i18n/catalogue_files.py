"""The catalogues as files: gathered from the source, brought up to date, compiled.

Plain gettext PO, one file per language and domain. A message that nobody has reviewed is `fuzzy`,
gettext's own word for it. Gathering needs a checkout; an installed Companion carries the catalogues
and the templates that were made from one.
"""

import os
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from companion.folders import folder
from companion.i18n.catalogues import DOMAINS, file_of
from companion.i18n.cyrillic import cyrillic
from companion.i18n.languages import Language, language, real_languages
from companion.i18n.toml_messages import SAFETY

ROOT = Path(__file__).parent.parent.parent
TOML = "companion.i18n.toml_messages:extract_toml"
SOURCES = {
    "companion": [
        ("companion/pilots/**.toml", TOML),
        ("companion/**.py", "python"),
        ("templates/**.html", "jinja2"),
    ],
    "programme": [("companion/programmes/**.toml", TOML)],
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "one_or_many": (1, 2),
    "in_context": ((1, "c"), 2),
}
FIRST_DRAFTED = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATIN, CYRILLIC = "sr-Latn", "sr-Cyrl"


def translated_languages() -> list[Language]:
    """Those that have a catalogue."""
    return [each for each in real_languages() if each.drafted]


@cache
def gather(domain: str) -> Catalog:
    """Every message of a domain as the source has it now. For reading: it is gathered once."""
    found = Catalog(project="Companion", version="1", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        str(ROOT),
        method_map=SOURCES[domain],
        options_map={"templates/**.html": {"trimmed": "true"}},
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=lambda path: not Path(path).name.startswith("."),
    ):
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def po_file(code: str, domain: str) -> Path:
    return file_of(code, domain, ".po")


def read_catalogue(code: str, domain: str) -> Catalog:
    path = po_file(code, domain)
    if not path.exists():
        catalogue = Catalog()
        _set_plurals(catalogue, *language(code).plurals)
        return catalogue
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def extract() -> None:
    """Write the templates that a translation tool starts from, and `localisation` too."""
    for domain in DOMAINS:
        written = BytesIO()
        write_po(written, gather(domain), width=100, include_lineno=False)
        _put(template_file(domain), written.getvalue())


def template_file(domain: str) -> Path:
    return folder("locales") / f"{domain}.pot"


@cache
def template(domain: str) -> Catalog:
    """Every message of a domain, also where there is no checkout to gather it from. For reading."""
    with template_file(domain).open("rb") as file:
        return read_po(file)


def update() -> None:
    """Bring every catalogue in step with the source; new messages come in empty."""
    for domain in DOMAINS:
        for each in translated_languages():
            catalogue = read_catalogue(each.code, domain)
            catalogue.update(deepcopy(gather(domain)), no_fuzzy_matching=True)
            if each.code == CYRILLIC:
                _fill_in_cyrillic(catalogue, read_catalogue(LATIN, domain))
            write_catalogue(catalogue, each.code, domain)


def _fill_in_cyrillic(catalogue: Catalog, latin: Catalog) -> None:
    """What nobody reviewed in Cyrillic is the Latin text, letter for letter, as a draft."""
    for message in catalogue:
        source = latin.get(message.id, message.context) if message.id else None
        is_free = message.fuzzy or not is_translated(message)
        if source and is_translated(source) and is_free:
            made = tuple(cyrillic(form) for form in forms_of(source))
            message.string = made if source.pluralizable else made[0]
            message.flags.add("fuzzy")


def write_catalogue(catalogue: Catalog, code: str, domain: str) -> None:
    _put(po_file(code, domain), po_bytes(catalogue, code, domain))


def po_bytes(catalogue: Catalog, code: str, domain: str) -> bytes:
    """The catalogue as a PO file with our header. What is no longer said is left out."""
    catalogue.locale = code.replace("-", "_")
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Companion", "1"
    catalogue.msgid_bugs_address = catalogue.copyright_holder = "Companion"
    catalogue.last_translator, catalogue.language_team = "nobody yet", "Companion"
    catalogue.revision_date = catalogue.creation_date = FIRST_DRAFTED
    catalogue.header_comment = f"# {language(code).endonym}: {domain}"
    _set_plurals(catalogue, *language(code).plurals)
    written = BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    return written.getvalue()


def _put(path: Path, content: bytes) -> None:
    """Whole or not at all: somebody may be reading the file that is there."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _set_plurals(catalogue: Catalog, count: int, rule: str) -> None:
    """Babel keeps them where only its own table fills them in, in an order of its own."""
    vars(catalogue).update(_num_plurals=count, _plural_expr=rule)


def is_safety(message: Message) -> bool:
    """Danger signs and whom to call: a clinician must sign off their translation."""
    return SAFETY in message.auto_comments


def is_translated(message: Message) -> bool:
    return all(forms_of(message))


def ids_of(message: Message) -> tuple[str, ...]:
    """Its English: two forms when it counts."""
    return tuple(message.id) if isinstance(message.id, tuple | list) else (str(message.id),)


def forms_of(message: Message) -> tuple[str, ...]:
    said = message.string
    return tuple(said) if isinstance(said, tuple | list) else (said or "",)


def compile_all() -> None:
    """Compile every catalogue twice: what was reviewed, and what is still a draft. The templates
    come along, for what an installed Companion takes in and gives out."""
    extract()
    for domain in DOMAINS:
        for each in translated_languages():
            catalogue = read_catalogue(each.code, domain)
            for is_draft, ending in ((False, ".mo"), (True, ".draft.mo")):
                _compile(catalogue, file_of(each.code, domain, ending), is_draft)


def _compile(catalogue: Catalog, path: Path, is_draft: bool) -> None:
    chosen = Catalog(locale=catalogue.locale, charset="utf-8", fuzzy=False)
    _set_plurals(chosen, catalogue.num_plurals, catalogue.plural_expr)
    for message in catalogue:
        if message.id and message.fuzzy == is_draft and is_translated(message):
            chosen.add(message.id, message.string, context=message.context)
    if not len(chosen):
        path.unlink(missing_ok=True)
        return
    compiled = BytesIO()
    write_mo(compiled, chosen)
    _put(path, compiled.getvalue())
