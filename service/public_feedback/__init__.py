"""Feedback of the public on service units: given without a sign-in, limited, moderated, shown by period."""
