"""Evidence of work: files by content, and links."""
