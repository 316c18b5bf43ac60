"""How Companion looks to whoever else sees the phone: under its own name and picture, or under
neutral ones, which every phone has and which say nothing of health."""

from collections.abc import Mapping
from dataclasses import dataclass

from companion.i18n import Sentence, _, in_context

OWN = "companion"


@dataclass(frozen=True)
class Look:
    """A name and a picture, which is drawn in white on a `colour`: static/pictures/looks has what
    is drawn, and static/icons the same as browsers want it for a home screen."""

    slug: str
    name: Sentence
    colour: str

    @property
    def is_neutral(self) -> bool:
        return self.slug != OWN

    @property
    def favicon(self) -> str:
        """The asset for the tab of a browser."""
        return self.icon() if self.is_neutral else "icon.svg"

    def icon(self, size: int = 192) -> str:
        """The asset with a shape of its own, so many pixels wide: 192 or 512."""
        return f"icons-{self.slug}-{size}.png"

    def maskable(self, size: int = 192) -> str:
        """The one that a phone cuts to the shape of its other icons: all that is drawn lies within
        the circle that is left in any case (Web App Manifest, "maskable")."""
        return f"icons-{self.slug}-maskable-{size}.png"


LOOKS: Mapping[str, Look] = {
    look.slug: look
    for look in (
        Look(OWN, _("Companion"), "#0b5d5b"),
        Look("notes", in_context("a neutral name", "Notes"), "#9a6700"),
        Look("calendar", in_context("a neutral name", "Calendar"), "#2b5ea7"),
        Look("lists", in_context("a neutral name", "Lists"), "#4b5563"),
    )
}
