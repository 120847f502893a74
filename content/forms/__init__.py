"""Forms as lists of typed fields, and the check of what somebody filled in."""
