"""What each person wants to be told, and by which channel."""
