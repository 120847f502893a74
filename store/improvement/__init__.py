"""Times to improve after a poor result, and how they ended."""
