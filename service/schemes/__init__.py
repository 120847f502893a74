"""The systems of appraisal that an agency knows."""
