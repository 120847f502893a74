"""The lifecycle as data."""
