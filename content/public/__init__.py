"""What the public says of a service unit. It never enters the result of a person."""
