"""The tasks that wait for somebody."""
