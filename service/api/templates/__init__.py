"""The templates of messages, over HTTP."""
