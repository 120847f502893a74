"""Results of people by year, read for what follows from them."""
