"""What is to be talked about when a result is handed over."""
