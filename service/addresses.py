PREFIX = "/api/v1"
"""Where this version of the API begins."""
