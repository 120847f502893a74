"""The events of an appraisal."""
