"""The addresses at which the asker can be reached."""
