"""The link in a digest that switches off e-mail for the kinds that a digest gathers."""
