"""The whole file of a case on one reading: each part as far as its reader may see it."""
