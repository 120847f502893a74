"""Temporal activities: the only code by which workflows touch the world."""
