"""Chat: a group's own conversation, between its sessions."""
