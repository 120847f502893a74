"""A person's notices, and which of them have been seen."""
