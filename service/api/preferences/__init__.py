"""What the asker wants to be told, through which channel and in which language."""
