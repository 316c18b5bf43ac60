"""Journeys: from a due date to a birth or a loss, and the children."""
