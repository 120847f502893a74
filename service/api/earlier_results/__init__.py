"""The address at which earlier results are handed in."""
