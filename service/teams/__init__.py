"""Teams, whose results their members' files carry."""
