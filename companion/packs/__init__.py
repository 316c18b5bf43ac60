"""Content packs: all that is a pilot's own, out as one folder or zip and in again."""
