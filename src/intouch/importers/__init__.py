"""Other people's address books: each format becomes candidates, and candidates a plan."""
