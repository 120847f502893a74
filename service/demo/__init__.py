"""The demonstration of ``kinerja serve --demo``: an invented agency whose appraisals stand in every stage."""
