"""Writing into a notebook: only ever adding, and every other byte stays as it was."""
