"""The launch of a cycle, its progress, and its result for each person."""
