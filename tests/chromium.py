"""A Chromium for the browser tests: one that is here, else Playwright's, else the system's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",  # a microphone that beeps, for whoever is allowed one
]


def find() -> str | None:
    """The path of a Chromium on this machine."""
    for name in (os.environ.get("CHROME_PATH", ""), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Playwright's own, else the system's package. Raises CalledProcessError when neither works."""
    own = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    if subprocess.run(own, check=False, timeout=300).returncode == 0 and find():
        return
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]):
        subprocess.run(command, check=True)


if __name__ == "__main__":
    if find() is None:
        install()
    print(f"Browser: {find() or sys.exit('no Chromium could be installed')}")
