"""The bench: how fast Companion is on this machine, measured from outside, as its users see it."""
