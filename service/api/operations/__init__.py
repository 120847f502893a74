"""Changes of the organisation and extensions, for many appraisals at once."""
