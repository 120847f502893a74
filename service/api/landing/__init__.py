"""The pages that links in messages lead to."""
