"""The explanation of each problem."""
