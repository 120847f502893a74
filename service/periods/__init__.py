"""The periods of an employee's year: after a move each part of it is rated by itself."""
