"""The file of a case, its rating and its periods."""
