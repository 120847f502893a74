"""The part of SQL that finds the few people whose legal standing may keep them from acting."""

from states.standing import LegalStanding

# A literal, not a parameter: PostgreSQL uses the partial index (`ix_person_away`) only if a query states the same
# condition with the value in it. A plan for a parameter, made for any value, reads the whole agency.
NOT_ACTIVE = f"legal_standing <> '{LegalStanding.ACTIVE}'"
"""SQL that is true of a ``person`` whose legal standing is not active; the index has the same condition."""
