"""The catalogues as files: gathered from the source, brought up to date, checked, compiled.

Plain gettext PO, one file per language and domain. A message that nobody has reviewed is `fuzzy`,
gettext's own word for it. Needs a checkout: an installed Companion carries only what was compiled.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from companion.folders import folder
from companion.i18n.catalogues import DOMAINS, file_of
from companion.i18n.languages import SOURCE, Language, language, real_languages

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
PLURAL_FORMS = {
    # Weblate's and GNU's order; Babel's differs for Arabic (4 and 5), so we always write ours.
    "ar": (
        6,
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    ),
    "fr": (2, "(n > 1)"),
}
FIRST_DRAFTED = datetime(2026, 11, 22, 12, tzinfo=UTC)
USUAL_PLURALS = (2, "(n != 1)")
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%")


class CatalogueProblems(Exception):
    """What the check found, a line each."""


def translated_languages() -> list[Language]:
    return [each for each in real_languages() if each.code != SOURCE]


def gather(domain: str) -> Catalog:
    """Every message of a domain as the source has it now."""
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
        return Catalog(locale=_babel_code(code))
    with path.open("rb") as file:
        return read_po(file, locale=_babel_code(code), abort_invalid=True)


def _babel_code(code: str) -> str:
    return code.replace("-", "_")


def extract() -> None:
    """Write the templates that a translation tool starts from."""
    for domain in DOMAINS:
        path = folder("locales") / f"{domain}.pot"
        with path.open("wb") as file:
            write_po(file, gather(domain), width=100, include_lineno=False, omit_header=False)
        print(path.relative_to(ROOT))


def update() -> None:
    """Bring every catalogue in step with the source; new messages come in empty."""
    for domain in DOMAINS:
        template = gather(domain)
        for each in translated_languages():
            catalogue = read_catalogue(each.code, domain)
            catalogue.update(template, no_fuzzy_matching=True)
            write_catalogue(catalogue, each.code, domain)


def write_catalogue(catalogue: Catalog, code: str, domain: str) -> None:
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Companion", "1"
    catalogue.msgid_bugs_address = catalogue.copyright_holder = "Companion"
    catalogue.last_translator, catalogue.language_team = "nobody yet", "Companion"
    catalogue.revision_date = catalogue.creation_date = FIRST_DRAFTED
    catalogue.header_comment = f"# {language(code).endonym}: {domain}"
    _set_plurals(catalogue, *PLURAL_FORMS.get(code, USUAL_PLURALS))
    written = BytesIO()
    write_po(written, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
    _put(po_file(code, domain), written.getvalue())


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


def check() -> None:
    """Raise CatalogueProblems for what is missing, out of step or broken in any catalogue."""
    problems = [
        f"{each.code}/{domain}: {problem}"
        for domain in DOMAINS
        for each in translated_languages()
        for problem in _problems(gather(domain), read_catalogue(each.code, domain))
    ]
    if problems:
        raise CatalogueProblems("\n".join([f"{len(problems)} problems", *problems]))


def _problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    for message in template:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        if found is None:
            yield f"not in the catalogue: {_source(message)!r}"
        else:
            yield from _problems_of(found, catalogue.num_plurals)
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer said: {_source(message)!r}"


def _problems_of(message: Message, plurals: int) -> Iterator[str]:
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if message.pluralizable and len(said) != plurals:
        yield f"{len(said)} plural forms instead of {plurals}: {_source(message)!r}"
    allowed = set(PLACEHOLDER.findall(" ".join(_ids(message))))
    for text in said:
        if not text:
            yield f"not translated: {_source(message)!r}"
        elif not set(PLACEHOLDER.findall(text)) <= allowed:
            yield f"unknown placeholder in {text!r}"
        elif not message.pluralizable and set(PLACEHOLDER.findall(text)) != allowed:
            yield f"placeholder lost in {text!r}"


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def _source(message: Message) -> str:
    return _ids(message)[0]


def compile_all() -> None:
    """Compile every catalogue twice: what was reviewed, and what is still a draft."""
    for domain in DOMAINS:
        for each in translated_languages():
            catalogue = read_catalogue(each.code, domain)
            for is_draft, ending in ((False, ".mo"), (True, ".draft.mo")):
                _compile(catalogue, file_of(each.code, domain, ending), is_draft)


def _compile(catalogue: Catalog, path: Path, is_draft: bool) -> None:
    chosen = Catalog(locale=catalogue.locale, charset="utf-8", fuzzy=False)
    _set_plurals(chosen, catalogue.num_plurals, catalogue.plural_expr)
    for message in catalogue:
        if message.id and message.fuzzy == is_draft and any(message.string or ()):
            chosen.add(message.id, message.string, context=message.context)
    if not len(chosen):
        path.unlink(missing_ok=True)
        return
    compiled = BytesIO()
    write_mo(compiled, chosen)
    _put(path, compiled.getvalue())


def _check_and_say() -> None:
    check()
    print("The catalogues are complete and in step.", file=sys.stderr)


COMMANDS: dict[str, Callable[[], None]] = {
    "extract": extract,
    "update": update,
    "check": _check_and_say,
    "compile": compile_all,
}
