"""Trainings that somebody chose."""
