"""Times to improve after a poor result (PP 30/2019 arts 57 and 58), and how they ended."""
