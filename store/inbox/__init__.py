"""The notices that a person got in the application itself, and which of them he has seen."""
