"""Substitutions: who stands in for whom."""
