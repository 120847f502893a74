"""The predicate of an organisation, and reasons for a distribution."""
