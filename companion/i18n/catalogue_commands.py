"""What `companion catalogues` does."""

import sys
from collections.abc import Callable

from companion.i18n.catalogue_checks import check
from companion.i18n.catalogue_files import ROOT, compile_all, extract, template_file, update
from companion.i18n.catalogues import DOMAINS
from companion.i18n.counts import write_table


def _update() -> None:
    update()
    write_table()


def _extract() -> None:
    extract()
    for domain in DOMAINS:
        print(template_file(domain).relative_to(ROOT))


def _check() -> None:
    check()
    print("The catalogues are complete and in step.", file=sys.stderr)


COMMANDS: dict[str, Callable[[], None]] = {
    "extract": _extract,
    "update": _update,
    "check": _check,
    "compile": compile_all,
}
