"""The rating in force: what was set item by item, the predicate, and how it is computed."""
