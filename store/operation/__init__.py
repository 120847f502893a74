"""Changes that concern many appraisals at once: what was requested, and what it led to case by case."""
