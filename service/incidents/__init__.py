"""What is stuck, and what to do about it."""
