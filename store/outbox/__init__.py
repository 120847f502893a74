"""Notices to be sent, written with the event that caused them."""
