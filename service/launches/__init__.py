"""The launch of a cycle: for whom, how far it has come, and what it came to for each person."""
