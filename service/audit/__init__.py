"""Proves from the record alone that the record is whole."""
