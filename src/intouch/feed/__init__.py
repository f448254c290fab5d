"""The calendar feed: an all-day event for each open check-in, on its planned day."""

from intouch.feed.calendar import emptied_feed, render_feed, render_feeds

__all__ = ["emptied_feed", "render_feed", "render_feeds"]
