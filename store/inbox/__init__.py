"""What somebody was told in the application itself, and what of it he has seen."""
