"""The demonstration of ``kinerja serve --demo``: an invented agency with appraisals in every stage."""
