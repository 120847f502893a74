"""Which notices each person wants, and through which channel."""
