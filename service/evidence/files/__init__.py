"""What a file that somebody hands in is by its content, and how it may be called."""
