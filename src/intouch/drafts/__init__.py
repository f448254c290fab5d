"""Drafts: the message to send now, filled in from the notes; nothing is ever sent."""
