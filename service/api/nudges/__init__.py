"""Nudges: somebody asks others, in his own name, to do their open tasks."""
