"""The file of a case: what was done, what was written, and what was noted."""
