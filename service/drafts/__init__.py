"""Drafts of forms, seen by their authors alone."""
