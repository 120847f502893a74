"""Times to improve, over HTTP."""
