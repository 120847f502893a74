"""What is appraised, as values and functions: forms, plans, ratings. It knows no process, no database and no engine."""
