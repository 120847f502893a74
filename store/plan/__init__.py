"""Plans in force."""
