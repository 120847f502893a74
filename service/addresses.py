PREFIX = "/api/v1"
"""The path under which this version of the API lies."""
