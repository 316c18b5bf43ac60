"""Localisation: a pilot's own words, out as PO files and in again."""
