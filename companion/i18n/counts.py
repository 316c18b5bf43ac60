"""How far each language is, as the table in the README says it."""

from dataclasses import dataclass

from companion.i18n.catalogue_files import ROOT, gather, is_translated, read_catalogue
from companion.i18n.catalogues import DOMAINS
from companion.i18n.languages import SOURCE, Language, language, real_languages

BEGIN, END = "<!-- languages -->\n", "<!-- /languages -->\n"
_HEAD = (
    "| language | code | interface: reviewed, drafts, missing | programmes: the same | else in |\n"
    "|---|---|---|---|---|\n"
)


@dataclass(frozen=True)
class Counts:
    """Messages of one language and domain; a safety text of a part-drafted language is missing."""

    reviewed: int
    drafts: int
    missing: int

    def __str__(self) -> str:
        return f"{self.reviewed}, {self.drafts}, {self.missing}"


def counts(of: Language, domain: str) -> Counts:
    template, catalogue = gather(domain), read_catalogue(of.code, domain)
    found = [catalogue.get(each.id, each.context) for each in template if each.id]
    translated = [each for each in found if each and is_translated(each)]
    drafts = sum(each.fuzzy for each in translated)
    return Counts(len(translated) - drafts, drafts, len(found) - len(translated))


def table() -> str:
    """A line for each language but the source."""
    return _HEAD + "".join(_row(each) for each in real_languages() if each.code != SOURCE)


def _row(of: Language) -> str:
    said = " | ".join(str(counts(of, domain)) for domain in DOMAINS)
    others = ", ".join(language(code).name for code in of.chain[1:])
    return f"| {of.name} | `{of.code}` | {said} | {others} |\n"


def write_table() -> None:
    """Bring the README in step with the catalogues."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(before + BEGIN + table() + END + after, encoding="utf-8")
