"""What happened to an appraisal, and its texts."""
