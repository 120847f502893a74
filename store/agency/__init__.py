"""Agencies, their units, calendars and schemes."""
