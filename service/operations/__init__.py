"""Changes of the organisation and extensions: previewed, ordered, watched, and steered while they run."""
