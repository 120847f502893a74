"""Calls of providers, known by their signatures."""
