"""Teams with their members and results."""
