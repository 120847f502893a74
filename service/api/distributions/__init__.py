"""Predicates of units, and how the ratings in a unit are spread."""
