"""People and their phones: who somebody is, and which devices are signed in as her."""
