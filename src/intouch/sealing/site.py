"""From a site to the same site sealed: a shell, envelopes, and the feeds that calendar programs must read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from intouch.publication import LOCK_SCRIPT, Publication
from intouch.sealing.envelopes import carrier, envelope_name, sealed
from intouch.sealing.keys import Keys
from intouch.sealing.lockfile import Lock
from intouch.sealing.shell import is_of_theme, lock_script, shell, theme_in
from intouch.sealing.styling import without_files
from intouch.website import Website

_VERSION_SIZE = 4


def sealed_site(
    site: Mapping[str, bytes], keys: Keys, lock: Lock, publication: Publication
) -> Mapping[str, bytes]:
    """Seal every file of a site but its feeds.

    Args:
        site: the plain site by path; it is made whole here.
        keys: of the site's root.
        lock: the slots that passphrases open.
        publication: which files are feeds; nothing else stays as it is.

    Returns:
        The files to publish, by path: `index.html`, `a/…`, `e/<32 hex>.js`, `f/<26 base32>.ics`.
    """
    feeds = {*(feed.path for feed in publication.feeds), *publication.emptied}
    whole = site if isinstance(site, Website) else Website(site)
    files = dict(whole.some(tuple(whole)))
    theme = theme_in(files)
    seen = without_files(theme["style.css"], files.keys())
    made = shell({**theme, "style.css": seen})
    # Whole, with the files that it names, for those who unlock.
    whole_style = next((p for p in files if p.endswith(".css") and is_of_theme(p)), "")
    style = whole_style if seen != theme["style.css"] else ""
    pages: dict[str, tuple[str, str]] = {}
    for path, content in files.items():
        if path in feeds:
            made[path] = content
        elif path == style or not is_of_theme(path):
            name = envelope_name(keys, path)
            blob = sealed(keys, name, content)
            pages[path] = (name, blob[:_VERSION_SIZE].hex())
            made[_carrier_path(name)] = carrier(name, blob)
    index = index_name(keys)
    made[_carrier_path(index)] = carrier(index, sealed(keys, index, _index(pages, publication, style)))
    made[LOCK_SCRIPT] = lock_script(lock, index)
    return MappingProxyType(dict(sorted(made.items())))


def index_name(keys: Keys) -> str:
    """The name of the envelope that lists all others; no file of a site has an empty path."""
    return envelope_name(keys, "")


def _index(pages: Mapping[str, tuple[str, str]], publication: Publication, style: str) -> bytes:
    told = {"pages": pages, "feeds": [feed.path for feed in publication.feeds], "style": style}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def _carrier_path(name: str) -> str:
    return f"e/{name}.js"
