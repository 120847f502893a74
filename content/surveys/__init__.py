"""Closed surveys: what an answer may say, what is counted of all of them, and what may be shown of that."""
