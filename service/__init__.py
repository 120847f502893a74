"""What people and other programs meet: API, command line, and the runtime that starts what it needs."""
