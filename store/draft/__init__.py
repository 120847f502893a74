"""Drafts of forms: rows that are overwritten."""
