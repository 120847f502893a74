"""What follows from results: nominations, awards and credit points, each with its reasons."""
