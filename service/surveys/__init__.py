"""Closed surveys: prepared, answered without their authors, and shown as a whole."""
