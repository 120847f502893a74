"""Schemes over HTTP."""
