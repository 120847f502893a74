"""Who is away or has left, since when, until when."""
