"""Her record: what can be measured, what was, and how it looks over time."""
