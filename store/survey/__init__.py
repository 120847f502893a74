"""Closed surveys: who is invited, sealed ballots as long as a survey is open, and what may be shown of it after."""
