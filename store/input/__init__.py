"""What others said, as a rating reads it: closed inputs by case."""
