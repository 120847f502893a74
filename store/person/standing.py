"""The part of SQL that finds the few people whose legal standing may keep them from acting."""

from states.standing import LegalStanding

# A literal and no parameter: PostgreSQL uses the partial index on it (`ix_person_away`) only where a query states the
# same condition with the value in it. The plan for a parameter, made for any value, reads the whole agency.
NOT_ACTIVE = f"legal_standing <> '{LegalStanding.ACTIVE}'"
"""True of a ``person`` whose legal standing is another one than active: a condition of SQL, and that of the index."""
