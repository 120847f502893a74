"""Ratings in force, counted: for a unit, and for each rater."""
