"""The API and the command line, and the runtime that starts the processes they need."""
