"""What operators set, and how the processes log."""
