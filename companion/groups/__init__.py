"""Groups: who is together, as what, by which rules they chose."""
