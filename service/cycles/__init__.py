"""Cycles: created, launched, and what a launch came to."""
