"""Actions on appraisals."""
