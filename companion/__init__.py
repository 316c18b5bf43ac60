"""Companion: what people in group care hold in their hand between the sessions."""
