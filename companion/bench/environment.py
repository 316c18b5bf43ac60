"""The environment of the processes that the bench starts."""

import os


def environment(**settings: object) -> dict[str, str]:
    """These settings and no others: whoever runs the bench may have a Companion of her own, which
    is none of its business."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPANION_")}
    return kept | {f"COMPANION_{name.upper()}": str(value) for name, value in settings.items()}
