"""Nudges: somebody asks by name for what others are awaited to do."""
