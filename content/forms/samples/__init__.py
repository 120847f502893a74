"""Forms filled in by nobody: examples for documentation, demonstrations and tests."""
