"""Keep in touch with the people of your job search."""

__version__ = "0.1.0"

NOTEBOOK_FORMAT = 1
"""The format of notebooks that this version reads and writes; docs/notebook.md says what it promises."""
