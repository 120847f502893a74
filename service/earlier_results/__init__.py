"""Results of years before the appraisals here, handed in by personnel officers or the operator."""
