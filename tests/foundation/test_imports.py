"""Imports run one way: a part may import what stands above it, and its own slice."""

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "companion"

# Parts on one line never import each other.
ROWS = [
    "clock config folders happenings records wakes",
    "i18n",
    "errors sealing engines",
    "db",
    "web",
    "people",
    "notifications pilots programmes",
    "groups journeys",
    "measurements",
    "sessions",
    "chat recordings",
    "localisation reminders",
    "packs",
    "today",
    "models",
    "migrations",
    "start",
    "demo",
    "health worker",
    "app",
    "serving",
    "cli",
    "bench",
]
ROW_OF = {part: number for number, row in enumerate(ROWS) for part in row.split()}


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.ImportFrom) and node.module == "companion":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("companion."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found |= {parts[1] for parts in names if parts[0] == "companion" and len(parts) > 1}
    return found


def _sources() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if not path.name.startswith("__")]


def test_every_part_has_its_row() -> None:
    assert {_part(path) for path in _sources()} - set(ROW_OF) == set()


def test_imports_run_one_way() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in _sources()
        for other in sorted(_imported(path) - {_part(path)})
        if ROW_OF[other] >= ROW_OF[_part(path)]
    ]

    assert wrong == []


def test_actions_know_nothing_of_the_web() -> None:
    wrong = [path for path in _sources() if path.stem == "actions" and "litestar" in _text(path)]

    assert wrong == []


def test_routes_hold_no_queries() -> None:
    queries = re.compile(r"\b(select|update|delete|insert)\(|\.(execute|scalars?)\(")
    wrong = [path for path in _sources() if "routes" in path.stem and queries.search(_text(path))]

    assert wrong == []


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
