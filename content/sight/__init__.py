"""Who sees what, and when."""
