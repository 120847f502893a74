"""The channels by which people are reached, and what comes back through them."""
