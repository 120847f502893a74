"""One person's place in the line of superiors: who is responsible for whom."""
