"""What the public says of service units: links, answers, texts, and what limits them without naming anybody."""
