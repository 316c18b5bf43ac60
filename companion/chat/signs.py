"""The few signs that can stand under a message instead of words."""

from companion.i18n import Sentence, _

SIGNS: dict[str, tuple[str, Sentence]] = {
    "heart": ("❤️", _("Heart")),
    "yes": ("👍", _("Thumbs up")),
    "me-too": ("🙋", _("Me too")),
    "hug": ("🤗", _("Hug")),
    "smile": ("😄", _("Smile")),
}
