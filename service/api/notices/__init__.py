"""Notices that were due, what became of them, and which are still to come."""
