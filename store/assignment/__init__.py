"""Effective-dated relations: who rates, steps in or hears whom, and since when."""
