"""Addresses: the site's own pages seen from one page, and links to the world outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

FIND = "find.json"

_WEB_SCHEMES = frozenset({"http", "https"})
_DIALLED = re.compile(r"[0-9+*#\s().\-/]*")
_NOT_DIALLED = re.compile(r"[^0-9+*#]")
_SPOKEN = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_UNSAFE_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\"<>\\^`{|}]")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The site as seen from one page.

    Attributes:
        root: what leads from the page to the site's root: empty, `../`, `../../`, or an absolute path
            that ends with `/` for the one page that a host shows at any address.
    """

    root: str

    def _to(self, path: str) -> str:
        return f"{self.root}{path}" or "./"

    @property
    def today(self) -> str:
        """The page Today."""
        return self._to("")

    @property
    def people(self) -> str:
        """The page of all people."""
        return self._to("people/")

    @property
    def organizations(self) -> str:
        """The page of all organizations."""
        return self._to("organizations/")

    @property
    def pipeline(self) -> str:
        """The page of all applications."""
        return self._to("pipeline/")

    @property
    def calendar(self) -> str:
        """The page of the coming months."""
        return self._to("calendar/")

    @property
    def insights(self) -> str:
        """The page of what the search shows."""
        return self._to("insights/")

    @property
    def subscribe(self) -> str:
        """The page that says how to subscribe to the feed."""
        return self._to("subscribe/")

    @property
    def found(self) -> str:
        """What the quick find searches."""
        return self._to(FIND)

    @property
    def problems(self) -> str:
        """The page of all problems."""
        return self._to("problems/")

    def feed(self, path: str) -> str:
        """A calendar feed."""
        return self._to(path)

    def person(self, slug: str) -> str:
        """The page of one person."""
        return self._to(f"people/{quote(slug, safe='')}/")

    def tagged(self, tag: str) -> str:
        """The page of all people, showing those with a tag."""
        return f"{self.people}?tag={_quoted(tag)}"

    def organization(self, anchor: str) -> str:
        """The part of the page of organizations that is about one."""
        return f"{self.organizations}#{_quoted(anchor)}"

    def file(self, path: str) -> str:
        """A file that a text shows; its path is one of ours."""
        return self._to(path)

    def asset(self, name: str) -> str:
        """A file that belongs to the theme."""
        return self._to(f"assets/{quote(name)}")


AT_ROOT = Addresses("")
ONE_DOWN = Addresses("../")
TWO_DOWN = Addresses("../../")


def anywhere(base_url: str) -> Addresses:
    """Addresses for the page that a host shows in place of any missing one, however deep.

    Args:
        base_url: where the site is published, or empty for a host's root.
    """
    path = quote(urlsplit(base_url).path, safe="/%").strip("/")
    return Addresses(f"/{path}/" if path else "/")


def _quoted(text: str) -> str:
    # Half a surrogate pair, which YAML can spell, has no form that could be quoted.
    return quote(text, safe="", errors="replace")


def telephone(number: str) -> str:
    """A `tel:` link; empty where the text does not begin with a number.

    Whatever follows the number (`ext. 12`) is left out, as is the `(0)` of `+44 (0)20 …`.
    """
    start = _DIALLED.match(number.strip())
    written = start[0] if start else ""
    if written.startswith("+"):
        written = written.replace("(0)", "")
    dialled = _NOT_DIALLED.sub("", written)
    return f"tel:{quote(dialled, safe='+*')}" if any(c.isdigit() for c in dialled) else ""


def web_text(address: str) -> str:
    """An address of the web as people write it: without its scheme, `www.` and a slash at the end."""
    return _SPOKEN.sub("", address).removesuffix("/") if web(address) else address


def web(address: str) -> str:
    """A link to a page of the web; empty for whatever is none."""
    if _UNSAFE_IN_ADDRESS.search(address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    return address if parts.scheme.lower() in _WEB_SCHEMES and host else ""
