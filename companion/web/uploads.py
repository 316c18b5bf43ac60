"""A form with a file in it, as a browser sends it (multipart/form-data)."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency, Provide
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.params import SkipValidation

TOO_LARGE = 413
# A phone that still sends does not listen: so much of what is too big is let pass, unread, until
# it can be told.
_LET_PASS = 20_000_000


@dataclass(frozen=True)
class Upload:
    """What came: the bytes of the file."""

    content: bytes = b""
    is_too_big: bool = False


Uploaded = NamedDependency[SkipValidation[Upload]]


async def read_upload(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard, so that a slow phone sends before anything waits for the database. More than the
    handler takes is never read into memory."""
    assert isinstance(connection, Request)
    connection.scope["upload"] = await _read(connection)  # type: ignore[typeddict-unknown-key]


def provide_upload(request: Request[Any, Any, Any]) -> Upload:
    upload: Upload = request.scope["upload"]  # type: ignore[typeddict-item]
    return upload


TAKES_A_FILE: dict[str, Any] = {
    "guards": [read_upload],
    "dependencies": {"upload": Provide(provide_upload, sync_to_thread=False)},
}
"""What a handler says that has an `upload`."""


async def _read(request: Request[Any, Any, Any]) -> Upload:
    if request.content_type[0] != RequestEncodingType.MULTI_PART:
        return Upload()
    try:
        fields = [value for _name, value in (await request.form()).multi_items()]
    except HTTPException as problem:
        if problem.status_code != TOO_LARGE:
            raise
        await _let_pass(request)
        return Upload(is_too_big=True)
    except (UnicodeError, LookupError):  # a field that is no text, or in no alphabet there is
        return Upload()
    files = [value for value in fields if isinstance(value, UploadFile)]
    content = b"".join([await each.read() for each in files[:1]])
    for each in files:
        await each.close()
    return Upload(content)


async def _let_pass(request: Request[Any, Any, Any]) -> None:
    """What was announced, of which nothing has been read."""
    passed, announced = 0, min(request.content_length or 0, _LET_PASS)
    while passed < announced:
        event: Any = await request.receive()
        passed += len(event.get("body", b""))
        if not event.get("more_body"):
            break
