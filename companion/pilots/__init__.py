"""Pilots: a country with its languages, its units, its numbers to call and its danger signs."""
