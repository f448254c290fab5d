"""The calendar feed: an all-day event for each open check-in, on its planned day."""

from intouch.feed.calendar import DEFAULT_KEY, render_feed

__all__ = ["DEFAULT_KEY", "render_feed"]
