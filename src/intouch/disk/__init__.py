"""The built site on disk: replaced as a whole or not at all, and only where its bytes differ."""

from intouch.disk.marker import MARKER
from intouch.disk.placing import DiskError
from intouch.disk.site import Written, foreign_to, remove_site, write_site

__all__ = ["MARKER", "DiskError", "Written", "foreign_to", "remove_site", "write_site"]
