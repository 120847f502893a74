"""The form of the public as a page: no script, little weight, readable on any phone."""
