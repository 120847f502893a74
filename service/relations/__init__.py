"""Who is responsible for whom: one person's place in the line."""
