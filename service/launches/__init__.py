"""The launch of a cycle: its people, its progress, and its result for each person."""
