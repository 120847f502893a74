"""The whole file of a case."""
