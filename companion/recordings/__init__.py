"""Recordings: a topic or a danger sign, said aloud by somebody of one's own."""
