"""The report of a year's results to the *Pejabat yang Berwenang* (PP 30/2019 art 51)."""
