"""Cycles and their launch."""
