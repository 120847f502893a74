"""People and the roles that they hold in an agency."""
