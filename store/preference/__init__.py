"""Which notices people want through which channel."""
