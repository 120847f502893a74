"""Incidents: what is stuck, and what to do about it."""
