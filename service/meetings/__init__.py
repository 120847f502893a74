"""The appointment at which a result is handed over, and what is agreed there."""
