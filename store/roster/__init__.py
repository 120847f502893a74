"""What imports of an agency's roster found and could not settle."""
