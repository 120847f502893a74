"""One file for each group of field kinds: what a valid value is, and how it is written in one way only."""
