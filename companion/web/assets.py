"""Static files: read once, compressed once, served under addresses that name their content.

An address holds the hash of the bytes, so that a browser may keep the file for ever and fetches a
new one when it changes.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import brotli
import minify
from litestar import Request, Response, get
from litestar.params import FromPath

from companion.errors import NotFound
from companion.folders import folder
from companion.web.pictures import pictures, sheet

FOR_EVER = "public, max-age=31536000, immutable"
_COMMENTS = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)
# No word that Chrome 80 does not know (ECMAScript 2020): what is shorter may be newer.
minify.config({"js-version": 2020})


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: plain, brotli, gzip. The tag is the same for all three (RFC 9110,
    8.8.1): they say the same."""

    address: str
    tag: str
    media_type: str
    plain: bytes
    brotli: bytes
    gzip: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "Asset":
        digest = hashlib.sha256(content).hexdigest()[:10]
        stem, dot, ending = name.rpartition(".")
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return cls(
            f"/static/{stem}.{digest}{dot}{ending}",
            f'W/"{digest}"',
            media_type,
            content,
            brotli.compress(content, quality=11),
            gzip.compress(content, 9, mtime=0),
        )


@cache
def assets() -> dict[str, Asset]:
    """Every asset by its plain name. The stylesheets, one per noun, travel as one file, and so do
    the pictures of the danger signs."""
    top = folder("static")
    styles = b"".join(path.read_bytes() for path in sorted((top / "css").glob("*.css")))
    files = {"companion.css": styles, "signs.svg": sheet(pictures("signs"))}
    for pattern in ("*.svg", "icons/*.png", "js/*.js", "vendor/*.js"):
        for path in sorted(top.glob(pattern)):
            files[path.relative_to(top).as_posix().replace("/", "-")] = path.read_bytes()
    return {name: Asset.of(name, thin(name, content)) for name, content in files.items()}


def thin(name: str, content: bytes) -> bytes:
    """A file of ours without what only its readers need: comments, and the names within a script,
    which are a third of its bytes. Others' files travel as they are."""
    if name.startswith("vendor-"):
        return content
    if name.endswith(".js"):
        smaller: str = minify.string("application/javascript", content.decode())
        return smaller.encode()
    return _COMMENTS.sub(b"", content) if name.endswith(".css") else content


@cache
def _by_address() -> dict[str, Asset]:
    return {asset.address: asset for asset in assets().values()}


def asset(name: str) -> str:
    """The address of a static file; its folders are written with dashes: "js-companion.js"."""
    return assets()[name].address


def sent(request: Request[Any, Any, Any], what: Asset, keep: str) -> Response[bytes]:
    """As small as this browser can read it, or nothing where it has it; `keep` is for how long."""
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding", "ETag": what.tag}
    if request.headers.get("if-none-match") == what.tag:
        return Response(b"", status_code=304, media_type=what.media_type, headers=headers)
    accepted = request.headers.get("accept-encoding", "")
    encoding = next((each for each in ("br", "gzip") if each in accepted), "")
    content = {"br": what.brotli, "gzip": what.gzip}.get(encoding, what.plain)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(content, media_type=what.media_type, headers=headers)


@get("/static/{name:str}", sync_to_thread=False, opt={"is_static": True})
def send_asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    found = _by_address().get(f"/static/{name}")
    if found is None:
        raise NotFound
    return sent(request, found, FOR_EVER)
