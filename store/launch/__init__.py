"""What a launch led to, person by person."""
