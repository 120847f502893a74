"""Which notices the asker wants, through which channel and in which language."""
