"""What waits on the asker."""
