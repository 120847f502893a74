"""Whether the service can work, and whether anything is late."""
