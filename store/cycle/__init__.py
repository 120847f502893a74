"""Cycles: one year of appraisals that is launched together."""
