"""Filled forms as people read them: each value with its label, in words, and what changed between two of them."""
