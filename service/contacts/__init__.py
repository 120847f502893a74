"""The addresses at which somebody can be reached."""
