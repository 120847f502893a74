"""Nudges: somebody asks the holders of tasks, in his own name, to do them."""
