"""Ports of this machine, for servers that live a few seconds."""

import socket
import subprocess
import time

OPEN_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_open(port: int, server: subprocess.Popen[str]) -> None:
    """Raises RuntimeError when the server stops instead, or takes too long."""
    until = time.monotonic() + OPEN_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    server.kill()
    raise RuntimeError("the server did not start")
