"""Notices: shown, explained and put into words."""
