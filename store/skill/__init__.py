"""What the skills of people came to: who is weak or strong in what, counted by unit."""
