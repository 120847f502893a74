"""Changes of the organisation and extensions, each for many appraisals at once."""
