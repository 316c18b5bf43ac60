"""Who may go where: every route and every role. A route that is not in the table fails the test."""

from collections.abc import Iterator

import pytest
from litestar.routes import HTTPRoute

from companion.app import Companion
from companion.db import new_id
from tests.cast import Cast
from tests.conftest import Browser
from tests.house import NOTE, House

# Nobody; Amina, participant; Dewi, participant elsewhere; Femi, Amina's partner; Chipo,
# facilitator; Gita, facilitator elsewhere; Edon, coordinator; Hana, former member; Ilse,
# translator.
ACTORS = ("nobody", "amina", "dewi", "femi", "chipo", "gita", "edon", "hana", "ilse")

# y: may; n: not found; s: asked to sign in.
ANYBODY = "yyyyyyyyy"
WHOEVER_SIGNED_IN = "syyyyyyyy"
SIGNED_IN = "syyyyyyyn"  # on the groups' side
WITH_A_RECORD = "syyynnnyn"
COORDINATOR = "snnnnnynn"
TRANSLATORS = "snnnnnyny"
MEMBERS = "synyynnnn"
FACILITATOR = "snnnynnnn"
ARRANGERS = "snnnynynn"
OWNER = "synnnnnnn"
TALKERS = "synnynnnn"  # a partner only where the agreement says so: tests/chat/test_partners.py

TABLE = {
    "GET /": WHOEVER_SIGNED_IN,
    "GET /static/{name}": ANYBODY,
    "GET /demo/{ticket}": "nnnnnnnnn",
    # people
    "GET /more": WHOEVER_SIGNED_IN,
    "POST /language": ANYBODY,
    "POST /text-size": WHOEVER_SIGNED_IN,
    "GET /discreet": ANYBODY,
    "POST /discreet": WHOEVER_SIGNED_IN,
    "GET /home-screen": WHOEVER_SIGNED_IN,
    "GET /name": WHOEVER_SIGNED_IN,
    "POST /name": WHOEVER_SIGNED_IN,
    "GET /devices": WHOEVER_SIGNED_IN,
    "POST /devices/{sign_in_id}/goodbyes": OWNER,
    "POST /sign-out": WHOEVER_SIGNED_IN,
    "GET /spare-key": WHOEVER_SIGNED_IN,
    "POST /spare-key": WHOEVER_SIGNED_IN,
    "GET /key": ANYBODY,
    "GET /key/{code}": ANYBODY,
    "POST /key": ANYBODY,
    "GET /data": WHOEVER_SIGNED_IN,
    "GET /reading": WITH_A_RECORD,
    "POST /reading": WITH_A_RECORD,
    "POST /reading/goodbyes": WITH_A_RECORD,
    "POST /reading/pages": "snnnnnnnn",  # whoever reads without a line: tests/today/test_reading.py
    "GET /lock": WHOEVER_SIGNED_IN,
    "POST /lock": WHOEVER_SIGNED_IN,
    "POST /lock/goodbyes": WHOEVER_SIGNED_IN,
    "POST /lock/closings": WHOEVER_SIGNED_IN,
    "POST /lock/openings": WHOEVER_SIGNED_IN,
    "GET /lock/signs": WHOEVER_SIGNED_IN,
    "POST /lock/signs": WHOEVER_SIGNED_IN,
    "GET /shared": WHOEVER_SIGNED_IN,
    "POST /shared": WHOEVER_SIGNED_IN,
    "POST /shared/people": WHOEVER_SIGNED_IN,
    "POST /shared/turns": "nnnnnnnnn",  # whoever shares this phone: tests/people/test_shared.py
    "GET /leaving": WHOEVER_SIGNED_IN,
    "POST /leaving": WHOEVER_SIGNED_IN,
    # pilots
    "GET /countries": ANYBODY,
    "GET /call/{pilot_code}": ANYBODY,
    "GET /call/{pilot_code}/{sheet}": "nnnnnnnnn",  # whoever draws has one: tests/packs
    "GET /sites": COORDINATOR,
    "GET /sites/new": COORDINATOR,
    "POST /sites": COORDINATOR,
    "GET /sites/{site_id}": COORDINATOR,
    "POST /sites/{site_id}": COORDINATOR,
    # notifications, installing, a monitor
    "GET /service-worker.js": ANYBODY,
    "GET /sw.js": ANYBODY,
    "GET /outbox.js": ANYBODY,
    "GET /waiting": ANYBODY,
    "GET /manifests/{look}": ANYBODY,
    "GET /health": ANYBODY,
    "POST /phones": SIGNED_IN,
    "POST /phones/goodbyes": SIGNED_IN,
    "POST /arrivals": "snnnnnnnn",  # what was sent to her: tests/notifications/test_arriving.py
    # reminders
    "GET /reminders": SIGNED_IN,
    "POST /reminders": SIGNED_IN,
    "POST /reminders/tests": SIGNED_IN,
    "GET /reminders/tests/{notification_id}": OWNER,
    "POST /reminders/tests/{notification_id}/arrivals": OWNER,
    "GET /reminders/own": SIGNED_IN,
    "POST /reminders/own": SIGNED_IN,
    "POST /reminders/own/{reminder_id}/erasures": OWNER,
    "POST /reminders/calendar": "syyyyynyn",
    "POST /reminders/calendar/goodbyes": SIGNED_IN,
    "GET /calendar/{code}": "nnnnnnnnn",  # whoever has the secret: tests/reminders/test_feed.py
    "GET /reminders/card": SIGNED_IN,
    # groups
    "GET /welcome": ANYBODY,
    "GET /join": ANYBODY,
    "GET /join/{code}": ANYBODY,
    "POST /join": ANYBODY,
    "GET /groups": SIGNED_IN,
    "GET /groups/new": COORDINATOR,
    "POST /groups": COORDINATOR,
    "GET /groups/{group_id}": "synyynynn",
    "GET /groups/{group_id}/invitations": ARRANGERS,
    "POST /groups/{group_id}/invitations": ARRANGERS,
    "POST /invitations/{invitation_id}/revocations": FACILITATOR,
    "GET /beside": "syynnnnyn",
    "POST /beside": "syynnnnyn",
    "POST /beside/goodbyes": "syynnnnyn",
    "GET /groups/{group_id}/agreement": MEMBERS,
    "POST /groups/{group_id}/agreements": "synnynnnn",
    "POST /agreements/{agreement_id}/acceptances": MEMBERS,
    "GET /groups/{group_id}/leaving": MEMBERS,
    "POST /groups/{group_id}/leaving": MEMBERS,
    "GET /goodbye": SIGNED_IN,
    "GET /groups/{group_id}/goodbyes/{membership_id}": FACILITATOR,
    "POST /groups/{group_id}/goodbyes": FACILITATOR,
    "GET /groups/{group_id}/numbers": ARRANGERS,
    "POST /groups/{group_id}/numbers": ARRANGERS,
    # journeys
    "GET /journey": WITH_A_RECORD,
    "POST /journey": WITH_A_RECORD,
    "GET /journey/arrivals": WITH_A_RECORD,
    "POST /journey/arrivals": WITH_A_RECORD,
    "GET /journey/of/{child_id}": OWNER,
    "POST /journey/of/{child_id}": OWNER,
    "GET /journey/change": WITH_A_RECORD,
    "POST /journey/changes": WITH_A_RECORD,
    "POST /journey/returns": WITH_A_RECORD,
    "POST /journey/calls": "snnnnnnnn",  # only after a loss: tests/journeys/test_loss.py
    "POST /journey/sparings": "snnnnnnnn",  # only after a loss: tests/journeys/test_loss.py
    "POST /journey/beginnings": "snnnnnnnn",  # only after a loss: tests/journeys/test_loss.py
    # measurements
    "GET /record": WITH_A_RECORD,
    "GET /record/{code}": WITH_A_RECORD,
    "POST /record/{code}": WITH_A_RECORD,
    "GET /record/of/{child_id}": OWNER,
    "GET /record/of/{child_id}/{code}": OWNER,
    "POST /record/of/{child_id}/{code}": OWNER,
    "GET /readings/{reading_id}": OWNER,
    "POST /readings/{reading_id}": OWNER,
    "GET /readings/{reading_id}/erasures": OWNER,
    "POST /readings/{reading_id}/erasures": OWNER,
    # sessions
    "GET /sessions": SIGNED_IN,
    "GET /groups/{group_id}/plan": ARRANGERS,
    "POST /groups/{group_id}/plan": ARRANGERS,
    "GET /sessions/{session_id}": "synyynynn",
    "POST /sessions/{session_id}/answers": "synynnnnn",
    "GET /sessions/{session_id}/change": FACILITATOR,
    "POST /sessions/{session_id}/change": FACILITATOR,
    "POST /sessions/{session_id}/cancellations": FACILITATOR,
    "POST /sessions/{session_id}/restorations": FACILITATOR,
    "POST /sessions/{session_id}/questions": MEMBERS,
    "GET /sessions/{session_id}/note": "synyynyyn",  # each her own, and whoever left keeps hers
    "POST /sessions/{session_id}/note": "synyynyyn",
    "POST /questions/{question_id}/withdrawals": "snnnynnnn",
    "POST /questions/{question_id}/answers": FACILITATOR,
    "GET /sessions/{session_id}/topics/new": FACILITATOR,
    "POST /sessions/{session_id}/topics": FACILITATOR,
    "GET /topics/{topic_id}": MEMBERS,
    "GET /topics/{topic_id}/change": FACILITATOR,
    "POST /topics/{topic_id}/change": FACILITATOR,
    "GET /topics/{topic_id}/erasures": FACILITATOR,
    "POST /topics/{topic_id}/erasures": FACILITATOR,
    # localisation
    "GET /pack": COORDINATOR,
    "GET /pack/files": COORDINATOR,
    "POST /pack/files": COORDINATOR,
    "POST /pack/imports": "snnnnnnnn",  # what she looked at: tests/packs/test_pack_page.py
    "POST /pack/approvals": COORDINATOR,
    "GET /adaptations": COORDINATOR,
    "POST /adaptations": COORDINATOR,
    "POST /adaptations/{adaptation_id}/erasures": COORDINATOR,
    "GET /words": TRANSLATORS,
    "GET /words/{language}": TRANSLATORS,
    "GET /words/{language}/{text_key}": TRANSLATORS,
    "POST /words/{language}/{text_key}": TRANSLATORS,
    "POST /words/{language}/{text_key}/returns": TRANSLATORS,
    "GET /words/{language}/files": TRANSLATORS,
    "POST /words/{language}/files": TRANSLATORS,
    "POST /words/{language}/imports": "snnnnnnnn",  # what the page gave out: tests/localisation
    "GET /words/{language}/files/{domain}": TRANSLATORS,
    "GET /words/{language}/remarks": TRANSLATORS,
    "GET /remarks/new": WHOEVER_SIGNED_IN,
    "POST /remarks": WHOEVER_SIGNED_IN,
    "GET /remarks/thanks": WHOEVER_SIGNED_IN,
    "POST /remarks/{remark_id}/outcomes": TRANSLATORS,
    "GET /translators": COORDINATOR,
    "POST /translators/invitations": COORDINATOR,
    "GET /translators/{translator_id}/goodbyes": COORDINATOR,
    "POST /translators/{translator_id}/goodbyes": COORDINATOR,
    # recordings
    "GET /recordings/{recording_id}": "nynyynnnn",  # a topic's; a sign's: tests/recordings
    "POST /recordings/{recording_id}/erasures": FACILITATOR,
    "GET /topics/{topic_id}/recordings": FACILITATOR,
    "POST /topics/{topic_id}/recordings/{language}": FACILITATOR,
    "GET /recordings": COORDINATOR,
    "GET /signs/{sign}/recordings/{language}": COORDINATOR,
    "POST /signs/{sign}/recordings/{language}": COORDINATOR,
    # chat
    "GET /chat": "syyyyynyn",
    "GET /groups/{group_id}/chat": TALKERS,
    "GET /groups/{group_id}/live": TALKERS,
    "POST /groups/{group_id}/messages": TALKERS,
    "POST /groups/{group_id}/reads": TALKERS,
    "GET /groups/{group_id}/messages/{number}": TALKERS,
    "POST /groups/{group_id}/messages/{number}/reactions": TALKERS,
    "POST /groups/{group_id}/messages/{number}/parkings": TALKERS,
    "POST /groups/{group_id}/messages/{number}/translations": TALKERS,
    "POST /groups/{group_id}/messages/{number}/translations/{translation_id}/withdrawals": (
        FACILITATOR  # and Beatriz, whose it is: tests/chat/test_translating.py
    ),
    "POST /groups/{group_id}/messages/{number}/deletions": "snnnnnnnn",  # Beatriz alone: it is hers
    "POST /groups/{group_id}/messages/{number}/reports": TALKERS,
    "POST /groups/{group_id}/messages/{number}/mutes": TALKERS,
    "POST /groups/{group_id}/messages/{number}/hidings": FACILITATOR,
    "POST /groups/{group_id}/messages/{number}/showings": FACILITATOR,
    "POST /groups/{group_id}/messages/{number}/pauses": FACILITATOR,
    "POST /groups/{group_id}/messages/{number}/pins": FACILITATOR,
    "GET /groups/{group_id}/care": FACILITATOR,
    "POST /reports/{report_id}/outcomes": FACILITATOR,
    "POST /groups/{group_id}/pauses/{membership_id}/ends": FACILITATOR,
    "GET /groups/{group_id}/hours": FACILITATOR,
    "POST /groups/{group_id}/hours": FACILITATOR,
    # today
    "GET /call": ANYBODY,
    "GET /kept": WHOEVER_SIGNED_IN,
    "POST /calls/{journey_id}/answers": FACILITATOR,
}

FIELDS = {
    "POST /language": {"language": "en", "back": "/"},
    "POST /text-size": {"size": "larger"},
    "POST /groups/{group_id}/goodbyes": {"membership": "{membership_id}"},
    "POST /groups/{group_id}/agreements": {"text": "Be kind."},
    "POST /sessions/{session_id}/answers": {"answer": "yes"},
    "POST /groups/{group_id}/messages": {"text": "Good morning"},
    "POST /reports/{report_id}/outcomes": {"outcome": "keep"},
}


def _fields(route: str, house: House) -> dict[str, str]:
    return {name: value.format(**house.ids) for name, value in FIELDS.get(route, {}).items()}


def _routes(app: Companion) -> Iterator[str]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from (
                f"{method} {route.path_format}" for method in route.methods if method != "OPTIONS"
            )


def test_every_route_is_in_the_table(app: Companion) -> None:
    assert set(_routes(app)) == set(TABLE) - {"GET /demo/{ticket}"}


def _tried_in_order(allowed: str) -> list[tuple[str, str]]:
    """Those who may not first, Amina last, so that what one does changes nothing for the others."""
    pairs = zip(ACTORS, allowed, strict=True)
    return sorted(pairs, key=lambda each: (each[1] == "y", each[0] == "amina"))


@pytest.mark.parametrize("route", TABLE, ids=str)
def test_who_may(browser: Browser, cast: Cast, house: House, route: str) -> None:
    browser.app.state.hub.dismiss()  # a stream would never end
    for actor, allowed in _tried_in_order(TABLE[route]):
        browser.cookies.clear()
        if actor != "nobody":
            browser.sign_in(getattr(cast, actor).token)
        address = _own_address(route, house, actor)
        if route.startswith("GET"):
            answer = browser.get(address, follow_redirects=False)
        else:
            answer = browser.post_form(address, _fields(route, house))
        assert _said(answer.status_code, answer.headers.get("location"), actor) == allowed, (
            f"{actor} got {answer.status_code} from {route}"
        )


def _own_address(route: str, house: House, actor: str) -> str:
    if "{code}" in route and "child_id" in route:
        return house.address(route.replace("{code}", "c1"))
    return house.address(route)


def _said(status: int, location: str | None, actor: str) -> str:
    if actor == "nobody" and (status == 401 or (status == 303 and location == "/welcome")):
        return "s"
    return "n" if status == 404 else "y" if status in (200, 204, 303, 422) else f"?{status}"


def test_a_record_is_never_shown_to_anybody_else_even_by_its_child(
    browser: Browser, cast: Cast, house: House
) -> None:
    browser.app.state.hub.dismiss()
    for actor in ("beatriz", "femi", "chipo", "edon"):
        browser.sign_in(getattr(cast, actor).token)
        for route in TABLE:
            if route.startswith("GET") and "68.5" in _text(browser, route, house):
                pytest.fail(f"{actor} reads a weight at {route}")


def test_a_note_is_never_shown_to_anybody_else(browser: Browser, cast: Cast, house: House) -> None:
    browser.app.state.hub.dismiss()
    for actor in ("beatriz", "femi", "chipo", "edon", "hana"):
        browser.sign_in(getattr(cast, actor).token)
        for route in TABLE:
            if route.startswith("GET") and NOTE in _text(browser, route, house):
                pytest.fail(f"{actor} reads a note at {route}")


def _text(browser: Browser, route: str, house: House) -> str:
    text: str = browser.get(house.address(route)).text
    return text


def test_a_made_up_id_is_not_found(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)

    for route in TABLE:
        if "_id}" in route and "{code}" not in route and "pilot" not in route:
            made_up = route.split(" ", 1)[1]
            for name in [part for part in made_up.split("/") if part.startswith("{")]:
                made_up = made_up.replace(name, str(new_id()))
            method = browser.get if route.startswith("GET") else browser.post_form
            assert method(made_up).status_code == 404, route
