"""The wheel's build hook: compiled catalogues, templates and static files travel in the package."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root)))
        from companion.i18n.catalogue_files import compile_all

        compile_all()
        if version == "standard":  # an editable installation reads them where they are
            for name in ("templates", "static", "locales"):
                build_data["force_include"][str(Path(self.root) / name)] = f"companion/{name}"
