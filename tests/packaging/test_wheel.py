"""What `pip install .` puts on a machine serves Companion by itself."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_that_it_needs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for name in (
        "companion/templates/web/base.html",
        "companion/static/vendor/htmx-4.0.1.min.js",
        "companion/static/css/00-ground.css",
        "companion/locales/sq/LC_MESSAGES/companion.draft.mo",
        "companion/pilots/packs/xk.toml",
        "companion/programmes/pregnancy-xk.toml",
        "companion/i18n/languages.toml",
        "companion/migrations/script.py.mako",
    ):
        assert name in names
    assert not [name for name in names if name.startswith("tests/")]


def test_an_installed_companion_serves(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    subprocess.run([*PIP, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "companion", "serve"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(site), "COMPANION_PORT": str(port)},
    )
    try:
        html = _read(f"http://127.0.0.1:{port}/welcome")
    finally:
        server.terminate()
    assert '<html lang="sq"' in html
    assert server.wait(15) in (0, -15)
    assert (tmp_path / "companion-data" / "sealing.key").exists()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _read(address: str) -> str:
    asked = urllib.request.Request(address, headers={"Accept-Language": "sq"})
    for _ in range(300):
        try:
            with urllib.request.urlopen(asked) as answer:
                html: str = answer.read().decode()
                return html
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
