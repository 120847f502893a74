"""The launch of a cycle, its pace, and what it came to for each person."""
