"""Addresses of people beside the e-mail address of the roster, and which addresses turned out bad."""
