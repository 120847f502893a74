"""Messages: what leaves for one person through one channel, with one notice or a digest of many."""
