"""Appointments to hand over a result."""
