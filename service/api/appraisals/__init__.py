"""Appraisals and what may be done with them."""
