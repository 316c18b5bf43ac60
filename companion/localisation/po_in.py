"""A PO file that somebody worked on, read with distrust: what would change, and what is refused.

A file that cannot be what it says is refused as a whole; a message that would break a page, alone,
with its line, and the rest is taken. Nothing is written here.
"""

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from companion.errors import Refusal
from companion.i18n import Sentence, _
from companion.i18n.catalogue_files import forms_of, ids_of, is_translated
from companion.i18n.languages import Language
from companion.localisation.checks import problems
from companion.pilots.wordings import Saying

LARGEST = 2_000_000  # bytes; the largest of our own is a tenth of it
LONGEST_RULE = 300

_CHARSET = re.compile(rb'"Content-Type:[^"]*charset=([\w.-]+)', re.IGNORECASE)


class Refused(Refusal):
    """The whole file, and why."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why, "file")


@dataclass(frozen=True)
class Wrong:
    """A message that is not taken: the line it stands on, its English, and why."""

    line: int
    message: str
    why: Sentence


@dataclass(frozen=True)
class Change:
    """What one message says now (nothing: it falls back) and would say."""

    before: tuple[str, ...]
    was_reviewed: bool
    saying: Saying


@dataclass(frozen=True)
class Incoming:
    """A file that was read: its domain, what would change and what is refused."""

    domain: str
    changes: list[Change] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read(content: bytes, of: Language, now: Mapping[str, Catalog]) -> Incoming:
    """What a file would change of a language's words, which are `now` so, by domain: every message
    there is, also those that nobody has translated. Raises Refused."""
    catalogue = _parsed(content)
    _check_language(catalogue, of)
    order = _order(content, catalogue, of)
    incoming = Incoming(_domain(catalogue, now))
    for message in catalogue:
        if not message.id or not is_translated(message):
            continue
        if why := _why_not(message, now[incoming.domain], order, of):
            incoming.wrong.append(Wrong(message.lineno or 0, ids_of(message)[0], why))
        elif change := _change(message, incoming.domain, now[incoming.domain], order, of):
            incoming.changes.append(change)
    return incoming


def too_large() -> Refused:
    return Refused(_("The file is larger than %(most)s MB.", most=LARGEST // 1_000_000))


def _parsed(content: bytes) -> Catalog:
    if len(content) > LARGEST:
        raise too_large()
    charset = _CHARSET.search(content)
    if charset and charset.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Refused(_("The file must be saved as UTF-8."))
    try:
        content.decode("utf-8")
        return read_po(BytesIO(content), abort_invalid=True)
    except UnicodeDecodeError:
        raise Refused(_("The file must be saved as UTF-8.")) from None
    except PoFileError as error:
        raise Refused(_("Line %(line)s cannot be read as PO.", line=error.lineno)) from None
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        # Babel's reader raises what comes along for a broken header.
        raise Refused(_("This is not a PO file that can be read.")) from None


def _check_language(catalogue: Catalog, of: Language) -> None:
    said = (catalogue.locale_identifier or "").replace("_", "-")
    if said and said.lower() not in {code.lower() for code in (of.code, *of.also)}:
        raise Refused(_("The file says that it is in another language: %(code)s.", code=said))


def _order(content: bytes, catalogue: Catalog, of: Language) -> list[int] | None:
    """Which of the file's plural forms comes in which of our places, since tools have orders of
    their own (Arabic's last two). None: the file counts in another way."""
    if b"Plural-Forms:" not in content:
        return None
    count, rule = catalogue.num_plurals, catalogue.plural_expr
    if count != of.plurals[0] or len(rule) > LONGEST_RULE:
        return None
    try:
        theirs = gettext.c2py(rule)
        pairs = {(of.form(number), theirs(number)) for number in range(200)}
    except (ValueError, ArithmeticError, RecursionError):
        return None
    order = dict(pairs)
    is_one_to_one = len(pairs) == len(order) == len(set(order.values())) == count
    return [order[place] for place in range(count)] if is_one_to_one else None


def _domain(catalogue: Catalog, now: Mapping[str, Catalog]) -> str:
    """The domain that knows most of the file's messages."""
    known = {
        domain: sum(
            bool(each.id) and said.get(each.id, each.context) is not None for each in catalogue
        )
        for domain, said in now.items()
    }
    best = max(known, key=lambda domain: known[domain])
    if not known[best]:
        raise Refused(_("No text of Companion is in this file."))
    return best


def _why_not(
    message: Message, now: Catalog, order: list[int] | None, of: Language
) -> Sentence | None:
    """Why a message cannot be taken; None when it can."""
    source = now.get(message.id, message.context)
    forms = forms_of(message)
    if source is None or source.pluralizable != message.pluralizable:
        return _("Companion does not say this.")
    if source.pluralizable and (order is None or len(forms) != of.plurals[0]):
        return _("Its plural forms must follow this rule: %(rule)s", rule=of.plurals[1])
    return next((wrong for _place, wrong in problems(ids_of(source), forms)), None)


def _change(
    message: Message, domain: str, now: Catalog, order: list[int] | None, of: Language
) -> Change | None:
    """What is other than it is now, if anything."""
    forms, note = forms_of(message), "\n".join(message.user_comments)
    if message.pluralizable:
        forms = tuple(forms[place] for place in order or ())
    before = now.get(message.id, message.context)
    there = before is not None and is_translated(before)
    old = forms_of(before) if before and there else ()
    was_reviewed = bool(before and there and not before.fuzzy)
    old_note = "\n".join(before.user_comments) if before else ""
    if (old, was_reviewed, old_note) == (forms, not message.fuzzy, note):
        return None
    context, ids = message.context or "", ids_of(message)
    saying = Saying(of.code, domain, context, ids[0], forms, not message.fuzzy, note, ids)
    return Change(old, was_reviewed, saying)
