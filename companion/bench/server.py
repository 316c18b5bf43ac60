"""`companion serve`, for the bench: a line on its standard input is answered with what it holds,
and the end of the input stops it, so that it never outlives the bench."""

import gc
import json
import sys
from threading import Thread

from companion.app import create_app
from companion.chat.live import Room
from companion.chat.streams import Stream
from companion.config import read_config
from companion.serving import Server, spare_the_collector
from companion.start import open_house


def main() -> None:
    config = read_config()
    server = Server(create_app(config, open_house(config)), config.host, config.port)
    Thread(target=_answer, args=(server,), daemon=True).start()
    spare_the_collector()
    server.run()


def _answer(server: Server) -> None:
    for _ in sys.stdin:
        print(json.dumps(_held()), flush=True)
    server.should_exit = True


def _held() -> dict[str, int]:
    """Counted among all that is alive, so that one that was only forgotten is found as well."""
    gc.collect()
    kinds = [type(each) for each in gc.get_objects()]
    return {"streams": kinds.count(Stream), "rooms": kinds.count(Room)}


if __name__ == "__main__":
    main()
