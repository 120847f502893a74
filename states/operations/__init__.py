"""What a change of the organisation means: which relations end and begin, and what open appraisals go through. Pure."""
