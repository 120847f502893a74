"""The right to object and an objection, for those who may see the appraisal (PP 30/2019 art 59)."""
