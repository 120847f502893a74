"""Whether the service can work, and what is late."""
