"""The link in a digest that switches digests off."""
