"""Browser libraries that we did not write: pinned, and unchanged since they were brought in."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"


def test_every_vendored_file_has_the_checksum_that_is_written_down() -> None:
    listed = dict(re.findall(r"\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|", _readme()))
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.js")
    }

    assert files == listed
    assert files


def _readme() -> str:
    return (VENDOR / "README.md").read_text(encoding="utf-8")
