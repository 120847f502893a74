"""Relations with dates: who rates whom, who steps in, who hears an objection, and since when."""
