"""What others say of somebody's work: surveys of peers and subordinates, and the result of a team."""
