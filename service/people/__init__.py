"""People of the agency, as far as somebody may see them."""
