"""Previews, takes, shows and steers changes of the organisation and extensions."""
