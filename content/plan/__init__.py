"""What a plan says, read from its filled form: results, indicators, whom they support, what fits a job."""
