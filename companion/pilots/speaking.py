"""Pages that know nobody, and speak for a pilot all the same."""

from typing import Any

from litestar import Request
from sqlalchemy.orm import Session

from companion.pilots.pack import pilot
from companion.pilots.pilot import Pilot


def speak_for(request: Request[Any, Any, Any], db: Session, code: str) -> Pilot:
    """The answer is in this pilot's words; and this process knows its pack as it is now."""
    request.scope["wordings"] = request.app.state.shelf.of(db, code)  # type: ignore
    return pilot(code)
