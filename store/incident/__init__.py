"""What is stuck: tasks for which nobody is found, disputes without an answer, and orders that were not carried out."""
