"""What people may do with an appraisal, and what they may see of it. Independent of HTTP."""
