"""Where the asker can be reached."""
