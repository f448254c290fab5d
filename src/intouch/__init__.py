"""Keep in touch with the people of your job search."""

__version__ = "0.1.0"
