"""What `companion catalogues` does."""

import sys
from collections.abc import Callable

from companion.i18n.catalogue_checks import check
from companion.i18n.catalogue_files import compile_all, extract, update
from companion.i18n.counts import write_table


def _update() -> None:
    update()
    write_table()


def _check() -> None:
    check()
    print("The catalogues are complete and in step.", file=sys.stderr)


COMMANDS: dict[str, Callable[[], None]] = {
    "extract": extract,
    "update": _update,
    "check": _check,
    "compile": compile_all,
}
