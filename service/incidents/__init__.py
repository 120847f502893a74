"""What is stuck, in words."""
