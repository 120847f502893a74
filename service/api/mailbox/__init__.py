"""The embedded mail sink."""
