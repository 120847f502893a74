"""Nudges: somebody asks by name for what is waited for."""
