"""Immutable texts: plans, reports, ratings and reasons."""
