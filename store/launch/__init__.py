"""What a launch came to, person by person."""
