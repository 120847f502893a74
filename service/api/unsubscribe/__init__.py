"""The link in a digest that switches such mail off."""
