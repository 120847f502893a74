"""A plan (SKP) as a filled form: its results and their indicators."""
