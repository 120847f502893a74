"""What the engine must be told about the cases on record."""
