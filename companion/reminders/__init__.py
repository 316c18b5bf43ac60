"""Reminders: what is due, for whom, and at which hour of hers."""
