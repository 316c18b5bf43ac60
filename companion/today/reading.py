"""Reading without a line, for whoever says that she alone uses this phone: Today, her record with
its pictures, her sessions with their topics, and the last messages, as the pages that they are.

The phone says what it has; what changed since goes out in one answer, and is locked away there.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from litestar import Request

from companion import clock
from companion.web.pages import draw

FIRST = ("/", "/record", "/sessions", "/chat")
MOST = 80
"""Pages: with ten sessions of three topics each, and two children, there are some sixty."""
SAID = "today/_as_it_was.html"
_ID = "[0-9a-f-]{36}"
# What is kept of all that her pages lead to.
_LEADS_TO = re.compile(
    rf'href="(/record(?:/of/{_ID})?(?:/\w+)?|/sessions/{_ID}|/topics/{_ID}|/groups/{_ID}/chat'
    r'|chat\?before=\d+)[#"]'
)
# What is to be read in a page, and under which name it is seen.
_READ = re.compile(r"<title>.*?</title>|<main.*</main>", re.DOTALL)
# A form has a new id each time that it is drawn: that alone is no change.
_FORM_ID = re.compile(r'name="id" value="[^"]*"')
_HEADERS = frozenset({b"cookie", b"host", b"accept-language", b"save-data"})


async def changed(request: Request[Any, Any, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    """All that the phone is to have, by address: the version, and the page or the address it leads
    to; where the phone has this version, the version alone."""
    pages: dict[str, tuple[str, ...]] = {}
    async for path, found in _read(request):
        version = _version(found)
        pages[path] = (version,) if there.get(path) == version else (version, found)
    return {"pages": pages, "said": draw(request, SAID, now=clock.now())}


async def _read(request: Request[Any, Any, Any]) -> AsyncIterator[tuple[str, str]]:
    """Page after page as she would open them; what one leads to comes after it."""
    asked = list(FIRST)
    for path in asked:
        location, drawn = await _open(request, path)
        found = [location] if location else _LEADS_TO.findall(drawn)
        leads_to = [urljoin(path, each) for each in found]
        asked += [each for each in dict.fromkeys(leads_to) if each not in asked]
        del asked[MOST:]
        if location or drawn:
            yield path, location or drawn


async def _open(request: Request[Any, Any, Any], address: str) -> tuple[str, str]:
    """What Companion itself answers her here, with whatever she may and may not see: the address it
    sends her on to, or the page. Both are empty where it has nothing for her."""
    answers: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        answers.append(message)

    path, _, query = address.partition("?")
    is_chat = path.endswith("/chat")
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": f"kept=yes&{query}".encode() if is_chat else query.encode(),
        "headers": [each for each in request.scope["headers"] if each[0] in _HEADERS],
        **{name: request.scope[name] for name in ("scheme", "http_version", "server", "client")},
    }  # fmt: skip
    await request.app(scope, receive, send)  # type: ignore[arg-type]
    head, *rest = answers
    location = dict(head["headers"]).get(b"location", b"").decode()
    drawn = b"".join(each.get("body", b"") for each in rest).decode()
    return urlsplit(location).path, drawn if head["status"] == 200 else ""


def _version(found: str) -> str:
    """Of what is to be read in it: what stands around it, how much is new say, changes all day."""
    said = _FORM_ID.sub("", "".join(_READ.findall(found))) or found
    return hashlib.sha256(said.encode()).hexdigest()[:12]
