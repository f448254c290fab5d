"""The people of a notebook for other programs: vCards, a table, JSON."""
