"""A notebook's folder and its settings: where it is, and what `intouch.toml` says."""

from intouch.project.finding import find
from intouch.project.reading import SETTINGS_FILE, ReadSettings, read_settings

__all__ = ["SETTINGS_FILE", "ReadSettings", "find", "read_settings"]
