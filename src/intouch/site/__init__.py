"""The dashboard: view values, templates, and the pages they make."""
