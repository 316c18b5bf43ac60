"""What there is to be reminded of, as data: one record for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from companion.i18n import Sentence, _
from companion.people.models import Role

MEMBERS = frozenset({Role.PARTICIPANT, Role.PARTNER, Role.FACILITATOR})
OWN, TEST = "own", "test"


@dataclass(frozen=True)
class Kind:
    """One kind of reminder, and its switch: `choice` is the column that holds it, `after_loss` the
    one that counts after a loss (without one, it never rings then). `keeps`: for how long it still
    helps, when it comes late (a session's words end with it). `urgency` as in RFC 8030, 5.3.
    `silent`: it is shown, and no more.
    """

    slug: str
    label: Sentence
    hint: Sentence
    choice: str
    roles: frozenset[Role]
    keeps: timedelta
    urgency: str = "normal"
    after_loss: str = ""
    silent: bool = False


SWITCHED = (
    Kind(
        "session",
        _("Our sessions"),
        _("The day before, two hours before, and when one is moved or cancelled"),
        "wants_sessions",
        MEMBERS,
        timedelta(),
        urgency="high",
        after_loss="wants_sessions_after_loss",
    ),
    Kind(
        "topic",
        _("Something is posted"),
        _("A topic, or an announcement in our conversation"),
        "wants_topics",
        MEMBERS,
        timedelta(days=3),
    ),
    Kind(
        "answer",
        _("My question was talked about"),
        _("Only for questions with my name"),
        "wants_answers",
        frozenset({Role.PARTICIPANT, Role.PARTNER}),
        timedelta(days=3),
    ),
    Kind(
        "messages",
        _("New messages"),
        _("Without a sound, mostly at 12:00, 16:00 or 20:00"),
        "wants_messages",
        MEMBERS,
        timedelta(hours=4),
        urgency="low",
        silent=True,
    ),
    Kind(
        "agreement",
        _("Our agreement has changed"),
        _("To read it and say yes"),
        "wants_agreements",
        MEMBERS,
        timedelta(days=3),
    ),
    Kind(
        "measuring",
        _("What this week asks me to write down"),
        _("Once a week, if it is not written down yet"),
        "wants_measuring",
        frozenset({Role.PARTICIPANT}),
        timedelta(hours=12),
    ),
)  # fmt: skip

# These have no switch: her own words are a choice already, and a test is asked for.
UNSWITCHED = (
    Kind(
        OWN,
        _("My own reminders"),
        _("In my own words"),
        "",
        frozenset(Role),
        timedelta(hours=2),
        urgency="high",
        after_loss="wants_own_after_loss",
    ),
    Kind(TEST, _("A test"), _("Now"), "", frozenset(Role), timedelta(minutes=5), urgency="high"),
)

KINDS: Mapping[str, Kind] = {kind.slug: kind for kind in (*SWITCHED, *UNSWITCHED)}


def switches_for(role: str) -> list[Kind]:
    """The switches that somebody in this role has."""
    return [kind for kind in SWITCHED if role in kind.roles]
