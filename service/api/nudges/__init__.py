"""Asking others by name for what they are awaited to do."""
