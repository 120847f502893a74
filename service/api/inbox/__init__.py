"""What the asker was told, and what of it he has seen."""
