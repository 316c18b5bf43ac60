"""What to do on each kind of phone, said in plain words: so that it rings, and so that Companion is
on its home screen.

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
    DESK_FIREFOX = "desk-firefox"
    SAFARI = "safari"  # of a Mac; or of an iPad, which says that it is one


def platform(user_agent: str) -> Platform:
    """Guessed from what a browser says of itself."""
    if "Opera Mini" in user_agent:
        return Platform.OPERA_MINI
    if "iPhone" in user_agent or "iPad" in user_agent:
        return Platform.IOS
    if "SamsungBrowser" in user_agent:
        return Platform.SAMSUNG
    is_firefox = "Firefox" in user_agent
    if "Android" in user_agent:
        return Platform.FIREFOX if is_firefox else Platform.ANDROID
    if is_firefox:
        return Platform.DESK_FIREFOX
    is_safari = "Macintosh" in user_agent and "Chrome" not in user_agent
    return Platform.SAFARI if is_safari else Platform.COMPUTER


@dataclass(frozen=True)
class Steps:
    """What to do, one thing after another: where ringing was refused, where it does not arrive, and
    to put Companion on the home screen (nothing where that cannot be done)."""

    denied: tuple[Sentence, ...] = ()
    dead: tuple[Sentence, ...] = ()
    install: tuple[Sentence, ...] = ()


_APPS = _("In the settings of the phone, open Apps, and choose this browser.")
_SWITCH_ON = _("Press Notifications, and switch them on.")
_BATTERY = _("Press Battery, and let the browser work in the background.")
_OPEN_ONCE = _("Open Companion once a week: that keeps it awake.")
_DO_NOT_DISTURB = _("Look whether “Do not disturb” is on.")
_SIGN = _("Press the sign beside the address, at the top.")
_ON_A_PHONE = (_APPS, _SWITCH_ON, _BATTERY, _DO_NOT_DISTURB, _OPEN_ONCE)
COME_BACK = _("Come back to this page.")
_ON_A_DESK = Steps(
    denied=(_SIGN, _("Allow notifications for this page."), COME_BACK),
    dead=(
        _("Look in the settings of the computer: may this browser show notifications?"),
        _DO_NOT_DISTURB,
        _("The browser has to be open."),
    ),
)

STEPS: Mapping[Platform, Steps] = {
    Platform.ANDROID: Steps(
        denied=(_SIGN, _("Press Permissions, then Notifications, and allow them."), COME_BACK),
        dead=_ON_A_PHONE,
        install=(
            _("Press the three dots at the top, or the menu at the bottom."),
            _("Press “Add to Home screen” or “Install app”, then “Install”."),
        ),
    ),
    Platform.SAMSUNG: Steps(
        denied=(
            _("Press the three lines at the bottom, then Settings."),
            _("Press Sites and downloads, then Notifications, and allow Companion."),
            COME_BACK,
        ),
        dead=(*_ON_A_PHONE, _("In Battery, take the browser off the list of sleeping apps.")),
        install=(
            _("Press the three lines at the bottom."),
            _("Press “Add to” or “Add page to”, then “Home screen”, then “Add”."),
        ),
    ),
    Platform.FIREFOX: Steps(
        denied=(
            _("Press the lock beside the address."),
            _("Press Notifications until it says that they are allowed."),
            COME_BACK,
        ),
        dead=_ON_A_PHONE,
        install=(
            _("Press the three dots beside the address."),
            _("Press “Add app to Home screen” or “Install”, then “Add”."),
        ),
    ),
    Platform.IOS: Steps(
        denied=(
            _("Open Settings on your iPhone, then Notifications."),
            _("Look for this app in the list, and allow notifications."),
            COME_BACK,
        ),
        dead=(
            _("Open Settings on your iPhone, then Notifications."),
            _("Press this app, and allow them on the lock screen too."),
            _("Look whether a Focus, such as Sleep, is on."),
            _("Open Companion from the home screen, not from Safari."),
        ),
        install=(
            _("Open this page in Safari."),
            _("Press the sign for sharing: a square with an arrow that points up."),
            _("Press “Add to Home Screen”, then “Add”."),
            _("Open Companion from the home screen, and sign in with your spare key."),
        ),
    ),
    Platform.OPERA_MINI: Steps(),
    Platform.COMPUTER: Steps(
        _ON_A_DESK.denied,
        _ON_A_DESK.dead,
        install=(
            _("Press the sign at the end of the address: a screen with an arrow."),
            _("If there is none, open the menu of the browser, and look for “Install”."),
            _("Press “Install”."),
        ),
    ),
    Platform.DESK_FIREFOX: _ON_A_DESK,
    Platform.SAFARI: Steps(
        _ON_A_DESK.denied,
        _ON_A_DESK.dead,
        install=(_("Press File at the top, then “Add to Dock”, then “Add”."),),
    ),
}
# For whom the page guesses wrong, or who looks for another phone than this.
BROWSERS: Mapping[Platform, Sentence] = {
    Platform.ANDROID: _("Chrome, Edge or Opera on an Android phone"),
    Platform.SAMSUNG: _("Samsung Internet"),
    Platform.FIREFOX: _("Firefox on an Android phone"),
    Platform.IOS: _("An iPhone or iPad"),
    Platform.COMPUTER: _("Chrome or Edge on a computer"),
    Platform.SAFARI: _("Safari on a Mac"),
}


def ways(user_agent: str) -> tuple[Platform, ...]:
    """Whose steps may lead this browser to the home screen: none where it has no way there."""
    guessed = platform(user_agent)
    if guessed == Platform.SAFARI:
        return (Platform.SAFARI, Platform.IOS)
    return (guessed,) if STEPS[guessed].install else ()
