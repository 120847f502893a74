"""How each rater rates beside the unit, for HR alone."""
