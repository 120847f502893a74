"""One person's place in the hierarchy: who is responsible for whom."""
