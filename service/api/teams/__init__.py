"""Teams and their results, over HTTP."""
