"""Appraisals and the actions that may be taken on them."""
