"""Calls of providers, which signatures or tokens prove."""
