"""The channels through which people are reached, and the reports that come back through them."""
