"""The person who is signed in, and how a sign-in is proved."""
