"""The pages for people: the third face. It imports application packages, and neither of the other faces."""
