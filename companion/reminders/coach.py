"""Whether this phone will ring, said in plain words, and what to do for each kind of phone.

What only the browser knows (permission, home screen, its own subscription) its script finds out,
and shows one of the states; here are the words for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from companion.i18n import Sentence, _


class Platform(StrEnum):
    """As what a browser counts here."""

    ANDROID = "android"
    SAMSUNG = "samsung"
    FIREFOX = "firefox"
    IOS = "ios"
    OPERA_MINI = "opera-mini"
    COMPUTER = "computer"


def platform(user_agent: str) -> Platform:
    """Guessed from what a browser says of itself."""
    if "Opera Mini" in user_agent:
        return Platform.OPERA_MINI
    if "iPhone" in user_agent or "iPad" in user_agent:
        return Platform.IOS
    if "SamsungBrowser" in user_agent:
        return Platform.SAMSUNG
    if "Android" in user_agent:
        return Platform.FIREFOX if "Firefox" in user_agent else Platform.ANDROID
    return Platform.COMPUTER


@dataclass(frozen=True)
class Steps:
    """What to do, one thing after another: where it was refused, and where it does not arrive."""

    denied: tuple[Sentence, ...]
    dead: tuple[Sentence, ...]


_APPS = _("In the settings of the phone, open Apps, and choose this browser.")
_SWITCH_ON = _("Press Notifications, and switch them on.")
_BATTERY = _("Press Battery, and let the browser work in the background.")
_OPEN_ONCE = _("Open Companion once a week: that keeps it awake.")
_DO_NOT_DISTURB = _("Look whether “Do not disturb” is on.")
_COME_BACK = _("Come back to this page.")
_SIGN = _("Press the sign beside the address, at the top.")
_ON_A_PHONE = (_APPS, _SWITCH_ON, _BATTERY, _DO_NOT_DISTURB, _OPEN_ONCE)

STEPS: Mapping[Platform, Steps] = {
    Platform.ANDROID: Steps(
        denied=(_SIGN, _("Press Permissions, then Notifications, and allow them."), _COME_BACK),
        dead=_ON_A_PHONE,
    ),
    Platform.SAMSUNG: Steps(
        denied=(
            _("Press the three lines at the bottom, then Settings."),
            _("Press Sites and downloads, then Notifications, and allow Companion."),
            _COME_BACK,
        ),
        dead=(*_ON_A_PHONE, _("In Battery, take the browser off the list of sleeping apps.")),
    ),
    Platform.FIREFOX: Steps(
        denied=(
            _("Press the lock beside the address."),
            _("Press Notifications until it says that they are allowed."),
            _COME_BACK,
        ),
        dead=_ON_A_PHONE,
    ),
    Platform.IOS: Steps(
        denied=(
            _("Open Settings on your iPhone, then Notifications."),
            _("Look for this app in the list, and allow notifications."),
            _COME_BACK,
        ),
        dead=(
            _("Open Settings on your iPhone, then Notifications."),
            _("Press this app, and allow them on the lock screen too."),
            _("Look whether a Focus, such as Sleep, is on."),
            _("Open Companion from the home screen, not from Safari."),
        ),
    ),
    Platform.OPERA_MINI: Steps(denied=(), dead=()),
    Platform.COMPUTER: Steps(
        denied=(_SIGN, _("Allow notifications for this page."), _COME_BACK),
        dead=(
            _("Look in the settings of the computer: may this browser show notifications?"),
            _DO_NOT_DISTURB,
            _("The browser has to be open."),
        ),
    ),
}

INSTALL: tuple[Sentence, ...] = (
    _("Open this page in Safari."),
    _("Press the sign for sharing: a square with an arrow that points up."),
    _("Press “Add to Home Screen”, then “Add”."),
    _("Open Companion from the home screen, and sign in with your spare key."),
    _COME_BACK,
)
