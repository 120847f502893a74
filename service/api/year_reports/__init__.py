"""Addresses of the report of a year."""
