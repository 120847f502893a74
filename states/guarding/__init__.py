"""Typed refusals of rows of the table whose circumstances are not met, by what they are about."""
