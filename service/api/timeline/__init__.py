"""The events of an appraisal, and its texts."""
