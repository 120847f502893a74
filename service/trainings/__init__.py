"""Trainings that somebody chooses after his result."""
