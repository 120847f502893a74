"""What waits on somebody."""
