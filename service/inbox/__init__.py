"""What somebody was told, and what of it has been seen."""
