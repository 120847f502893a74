"""What happened to an appraisal."""
