"""Plans on record: which one is in force, and how plans hang together."""
