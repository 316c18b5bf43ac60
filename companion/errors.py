"""The three kinds of error: a rule says no, it is not there, and everything else."""

from collections.abc import Mapping

from companion.i18n import Sentence, _


class Refusal(Exception):
    """A rule says no. It carries sentences for the reader, by field; "" is the form as a whole."""

    def __init__(
        self, sentence: Sentence, field: str = "", errors: Mapping[str, Sentence] | None = None
    ) -> None:
        super().__init__(sentence.message)
        self.errors: dict[str, Sentence] = dict(errors) if errors else {field: sentence}


class SavedBefore(Refusal):
    """A form was saved already, with something else in it: sending it again changes nothing."""

    def __init__(self, field: str = "") -> None:
        super().__init__(_("This was saved before, with something else in it."), field)


class NotFound(Exception):
    """It is not there, or not hers: the two look the same, so that existence does not show."""


class NotSignedIn(Exception):
    """This address is somebody's own, and nobody is signed in."""


class NotHers(Exception):
    """A form that somebody else filled in on this phone, who is not signed in any more."""


class Locked(Exception):
    """Somebody is signed in on this device, and has to show first that it is her."""


class FromElsewhere(Exception):
    """A post that did not come from our own pages, or does not say where it came from."""


class Busy(Exception):
    """The database did not come free in time. Nothing was saved."""
