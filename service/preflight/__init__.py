"""What is wrong before a cycle is launched: put into words, and into files."""
