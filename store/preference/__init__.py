"""What people want to be told through which channel."""
