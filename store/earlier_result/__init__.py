"""Results of years before the appraisals here, as personnel officers handed them in."""
