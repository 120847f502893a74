"""What somebody is good at and what he should learn, by whom it is said, and how the skills of a unit stand."""
