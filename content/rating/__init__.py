"""From what a rater set to a predicate, each with its working."""
