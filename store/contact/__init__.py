"""Addresses of people besides the e-mail address in the roster, and which addresses turned out bad."""
