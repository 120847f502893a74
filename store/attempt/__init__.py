"""Refused attempts, of which the engine itself keeps no trace."""
