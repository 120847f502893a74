"""The appointment at which a result is handed over, over HTTP."""
