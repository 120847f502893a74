"""Plans, their revisions, and indicators to take over."""
