"""Addresses of what follows from results."""
