"""Refused attempts, which the engine itself leaves no trace of."""
