"""What a change of the organisation means: which relations end and begin, and what happens to open cases. Pure."""
