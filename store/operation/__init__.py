"""Changes that concern many appraisals at once: what was requested, and what came of it case by case."""
