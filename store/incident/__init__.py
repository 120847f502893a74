"""What is stuck: tasks for which nobody is found, disputes without an answer, and operations that failed."""
