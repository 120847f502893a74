"""People of the agency."""
