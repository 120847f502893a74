"""What was to be sent, what became of it, and what is still to come."""
