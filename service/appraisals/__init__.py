"""What people do with an appraisal, and what of it they may see. Knows no web."""
