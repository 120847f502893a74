"""Checks from the record alone that nothing in it was changed or removed."""
