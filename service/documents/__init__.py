"""The immutable texts of an appraisal."""
