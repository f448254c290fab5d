"""Mail links: a bare address, and a message to it, in which nothing can add a header or a second address."""

from __future__ import annotations

from urllib.parse import quote


def mail_link(address: str) -> str:
    """A `mailto:` link to a bare address; empty for what is none.

    >>> mail_link("priya.nair+jobs@brightpath.example")
    'mailto:priya.nair+jobs@brightpath.example'
    """
    local, at, domain = address.rpartition("@")
    return f"mailto:{_quoted(local, '+')}@{_quoted(domain, ':[]')}" if at else ""


def mail_link_with(address: str, subject: str, body: str) -> str:
    """The same with a message, whose lines end in line feeds."""
    link = mail_link(address)
    lines = body.replace("\n", "\r\n")
    return f"{link}?subject={_quoted(subject)}&body={_quoted(lines)}" if link else ""


def _quoted(text: str, safe: str = "") -> str:
    # Half a surrogate pair, which YAML can spell, has no form that could be quoted.
    return quote(text, safe=safe, errors="replace")
