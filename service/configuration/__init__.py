"""The settings of operators, and the logging of the processes."""
