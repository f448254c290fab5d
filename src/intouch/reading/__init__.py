"""Reading a notebook: files become front matter, fields, records, and one book."""
