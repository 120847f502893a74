"""The result of an appraisal, and the periods of the year."""
