"""Temporal workflows: the durable shell around the core. Deterministic and thin."""
