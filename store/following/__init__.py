"""What the engine is to be told of the cases on record."""
