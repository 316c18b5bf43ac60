"""/health, for a monitor: does the database answer, do reminders go out? Numbers, and no more."""

from dataclasses import asdict
from typing import Any

from litestar import Response

from companion.notifications.numbers import numbers
from companion.web.params import Database
from companion.web.routing import get

TOO_OLD = 600  # seconds that something may be due before somebody should look


@get("/health", opt={"is_static": True})
def show_health(db: Database) -> Response[dict[str, Any]]:
    """200 when all is well; 503 when what is due does not go out (or the database is away)."""
    now = numbers(db)
    is_well = now.oldest_due_seconds < TOO_OLD
    answer = {"well": is_well, "notifications": asdict(now)}
    return Response(answer, status_code=200 if is_well else 503)
