"""Nudges: somebody asks, under his own name, for what is awaited."""
