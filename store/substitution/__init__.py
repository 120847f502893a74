"""Acting officials: who stands in for whom, in which period, by which letter."""
