"""Teams: how long somebody belonged to one, what their results come to for him, and when a result is asked for."""
