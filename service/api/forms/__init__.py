"""Forms of a case."""
