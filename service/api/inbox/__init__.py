"""The asker's notices, and which of them he has seen."""
