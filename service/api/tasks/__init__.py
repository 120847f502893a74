"""The tasks that wait for the asker."""
