"""What of a case somebody sees: the one place that applies the table of `content.sight` to people."""
