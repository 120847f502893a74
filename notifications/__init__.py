"""What is sent to people: templates, rendering, channels and the relay from the outbox to them."""
