"""A start, for the bench: the application is made and draws its first page; then it says how long
that took and how much memory it holds. With "one", as if there were no language but English."""

import json
import os
import sys
import time

BEGAN = time.perf_counter()

from companion.app import create_app  # noqa: E402 - what is imported is part of what is measured
from companion.bench.machine import memory  # noqa: E402
from companion.config import read_config  # noqa: E402
from companion.i18n import languages  # noqa: E402
from companion.i18n.words import Words  # noqa: E402
from companion.people.models import TextSize  # noqa: E402
from companion.start import open_house  # noqa: E402
from companion.web.looks import LOOKS, OWN  # noqa: E402
from companion.web.pages import choosable, drawing_for, environment  # noqa: E402


def main() -> None:
    if "one" in sys.argv:
        _leave_english_alone()
    config = read_config()
    create_app(config, open_house(config))
    said = Words(languages.language("en"))
    everything = {
        "reader": None,
        "owner": "",
        "look": LOOKS[OWN],
        "text_size": TextSize.NORMAL,
        "others": (),
        "here": "/welcome",
        "leave_to": config.leave_to,
        "languages": choosable(said),
    }
    with drawing_for(said, "UTC"):
        environment().get_template("groups/welcome.html").render(everything)
    took = time.perf_counter() - BEGAN
    print(json.dumps({"seconds": took, "kib": memory(os.getpid())}))


def _leave_english_alone() -> None:
    whole = languages.languages()
    languages.languages.cache_clear()
    english = {code: each for code, each in whole.items() if code == languages.SOURCE}
    languages.languages = lambda: english  # type: ignore[assignment]


if __name__ == "__main__":
    main()
