"""How each rater rates beside the unit."""
