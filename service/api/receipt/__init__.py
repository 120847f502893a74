"""The receipt of a result."""
