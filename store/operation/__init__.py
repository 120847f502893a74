"""Changes that concern many appraisals at once: what was ordered, and what came of it case by case."""
