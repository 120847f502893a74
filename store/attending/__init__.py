"""What the engine attends to beside the cases: surveys, results of teams, times to improve."""
