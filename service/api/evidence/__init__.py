"""Evidence of work: files and links."""
