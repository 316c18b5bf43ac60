"""Every table, gathered for the migrations."""

from companion.chat import models as chat
from companion.groups import models as groups
from companion.journeys import models as journeys
from companion.localisation import models as localisation
from companion.measurements import models as measurements
from companion.notifications import models as notifications
from companion.packs import models as packs
from companion.people import models as people
from companion.pilots import models as pilots
from companion.recordings import models as recordings
from companion.reminders import models as reminders
from companion.sessions import models as sessions

__all__ = [
    "chat", "groups", "journeys", "localisation", "measurements", "notifications", "packs",
    "people", "pilots", "recordings", "reminders", "sessions",
]  # fmt: skip
