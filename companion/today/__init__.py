"""Today: the first page, where what the other parts know comes together."""
