"""A recording as it is heard, and taken away."""

from litestar import Response, Router
from litestar.response import Redirect

from companion.people.asking import WHILE_LOCKED, SignedIn, Visitor
from companion.recordings import actions, scopes
from companion.recordings.models import Recording
from companion.recordings.ranges import OutOfRange, wanted
from companion.recordings.sign_routes import record_sign, show_sign, show_signs
from companion.recordings.topic_routes import record_topic, show_topic_recordings
from companion.web.pages import see_other
from companion.web.params import AnyRequest, Database, Id
from companion.web.routing import get, post

A_YEAR = "max-age=31536000, immutable"


@get("/recordings/{recording_id:uuid}", opt={"has_asides": False, **WHILE_LOCKED})
def send_recording(
    request: AnyRequest, db: Database, visitor: Visitor, recording_id: Id
) -> Response[bytes]:
    recording = scopes.heard_by(db, visitor, recording_id)
    tag = f'"{recording.id.hex}"'
    who = "private" if recording.topic_id else "public"
    headers = {"Accept-Ranges": "bytes", "ETag": tag, "Cache-Control": f"{who}, {A_YEAR}"}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, media_type=recording.media_type, headers=headers)
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", tag) != tag:
        asked = ""
    return _part(recording, asked, headers)


def _part(recording: Recording, asked: str, headers: dict[str, str]) -> Response[bytes]:
    sound, kind = recording.sound, recording.media_type
    try:
        part = wanted(asked, len(sound))
    except OutOfRange:
        headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{len(sound)}"}
        return Response(b"", status_code=416, media_type=kind, headers=headers)
    if part is None:
        return Response(sound, media_type=kind, headers=headers)
    start, end = part
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(sound)}"
    return Response(sound[start:end], status_code=206, media_type=kind, headers=headers)


@post("/recordings/{recording_id:uuid}/erasures")
def remove_recording(db: Database, reader: SignedIn, recording_id: Id) -> Redirect:
    topic_id = actions.remove(db, reader, recording_id)
    return see_other(f"/topics/{topic_id}/recordings" if topic_id else "/recordings")


router = Router(
    "/",
    route_handlers=[
        send_recording, remove_recording, show_topic_recordings, record_topic, show_signs,
        show_sign, record_sign,
    ],
)  # fmt: skip
