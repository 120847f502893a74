"""Copies of messages as they were sent."""
