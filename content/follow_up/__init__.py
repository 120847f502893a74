"""What follows from results: training, nominations, awards, time to improve, credit points."""
