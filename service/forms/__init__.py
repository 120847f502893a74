"""Forms of a case: what they ask, what is at hand for them, and what is still missing."""
