"""Every page there is, and by whom it is looked at: gathered from the access table."""

from tests.access.test_access import ACTORS, TABLE
from tests.house import House

NOT_PAGES = ("/static/{name}", "/live", "/sw.js", "/service-worker.js", "/outbox.js", "/kept",
             "/health", "/manifests/{look}", "/recordings/{recording_id}", "/files/{domain}",
             "/pack/files", "/lock/signs")  # fmt: skip
# What a page of hers may be called, in a history that others read. In front of " · Companion".
NEUTRAL_TITLES = {
    "Today", "Companion", "My record", "Sessions", "Group", "Groups", "More", "My journey",
    "Who to call", "My name", "My devices", "My spare key", "Leave Companion", "Sign in",
    "Welcome", "Invitation", "Goodbye", "My support person", "Chat", "Reminders", "Words",
    "This month’s data", "Lock", "Shared phone",
}  # fmt: skip
LOOKERS = ("nobody", "amina", "chipo", "edon", "ilse")


def pages_of(actor: str, house: House) -> list[str]:
    """The addresses of every page that this actor may see."""
    place = ACTORS.index(actor)
    routes = [route for route, allowed in TABLE.items() if allowed[place] == "y"]
    pages = [route for route in routes if route.startswith("GET") and not route.endswith(NOT_PAGES)]
    return [_address(route, house) for route in pages]


def _address(route: str, house: House) -> str:
    if "{code}" in route and "child_id" in route:
        route = route.replace("{code}", "c1")
    return house.address(route)
