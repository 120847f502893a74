"""Scripted people: what they wish to do, and when. For rehearsals, demonstrations and simulations."""
