"""The channels: their state and their pauses."""
