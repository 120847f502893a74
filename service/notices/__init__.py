"""What people are told: shown, explained, put in words."""
