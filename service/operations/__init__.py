"""Changes of the organisation and extensions: previewed, requested, watched, and steered while they run."""
