"""Where somebody can be reached."""
