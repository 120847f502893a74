"""Closed surveys over HTTP."""
