"""A year of an agency in minutes: scripted people act on the real engine, in a cycle whose clock runs fast."""
