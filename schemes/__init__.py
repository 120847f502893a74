"""Appraisal schemes as data: one YAML file per system of rules, and the loader that rejects bad ones."""
