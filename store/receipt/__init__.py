"""Evidence that a result reached the employee whom it concerns."""
