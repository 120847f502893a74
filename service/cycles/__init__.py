"""Cycles: shown and created."""
