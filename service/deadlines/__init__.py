"""Deadlines and what is owed beside a stage, for those who may see the appraisal."""
