"""What is noted during the year."""
